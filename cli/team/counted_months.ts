/**
 * Chooses which of a member's exports counts for which month, so that nothing counts twice.
 *
 * @module
 */

import type { TeamHeader } from "./team_header.ts";

/** One export of a member. */
export interface MemberExport
  extends Pick<TeamHeader, "exportedAt" | "firstMonth" | "lastMonth"> {
  /** The months of its rows. */
  readonly months: ReadonlySet<string>;
  /** SHA-256 of the file: it decides between exports of one moment. */
  readonly digest: string;
}

/** What counts of an export. */
export interface Counted {
  readonly months: ReadonlySet<string>;
  /** Rows that name no month count where no month of the export is replaced. */
  readonly withoutMonth: boolean;
}

/**
 * For each export what counts of it: of those that cover a month the newest. A member's exports
 * are of whole months, so that the newest has all of it that the others have.
 */
export function countedMonths(exports: readonly MemberExport[]): Counted[] {
  const newestFirst = [...exports.keys()].sort((a, b) => newer(exports[a]!, exports[b]!));
  const counted = new Map<number, Counted>();
  for (const [rank, place] of newestFirst.entries()) {
    const one = exports[place]!;
    const newerOnes = newestFirst.slice(0, rank).map((other) => exports[other]!);
    counted.set(place, {
      months: new Set(
        [...one.months].filter((month) => !newerOnes.some((other) => covers(other, month))),
      ),
      withoutMonth: !newerOnes.some((other) => overlap(one, other)),
    });
  }
  return [...exports.keys()].map((place) => counted.get(place)!);
}

function newer(a: MemberExport, b: MemberExport): number {
  return b.exportedAt - a.exportedAt || (a.digest < b.digest ? 1 : a.digest > b.digest ? -1 : 0);
}

/** A row may be of a month beyond, as a local day is another one in UTC. */
function covers({ firstMonth, lastMonth, months }: MemberExport, month: string): boolean {
  return months.has(month) || (firstMonth ?? month) <= month && month <= lastMonth;
}

function overlap(a: MemberExport, b: MemberExport): boolean {
  const comesAfter = (one: MemberExport, other: MemberExport) =>
    one.firstMonth !== null && one.firstMonth > other.lastMonth;
  return !comesAfter(a, b) && !comesAfter(b, a) || !a.months.isDisjointFrom(b.months);
}
