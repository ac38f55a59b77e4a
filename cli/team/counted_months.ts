/**
 * Chooses which of a member's exports counts for which month, so that nothing counts twice.
 *
 * @module
 */

import { monthBeside, type TeamHeader } from "./team_header.ts";

/** One export of a member. */
export interface MemberExport
  extends Pick<TeamHeader, "exportId" | "exportedAt" | "firstMonth" | "lastMonth"> {
  /** The months of its rows. */
  readonly months: ReadonlySet<string>;
  /** SHA-256 of the file: it decides between exports of one moment. */
  readonly digest: string;
}

/** What counts of an export. */
export interface Counted {
  readonly months: ReadonlySet<string>;
  /** Whether rows that name no month count. */
  readonly withoutMonth: boolean;
}

/**
 * For each export what counts of it: of those that cover a month the newest. A member's exports
 * are of whole months, so that the newest has all of it that the others have. Rows without a
 * month are of the months that no row names: they count where a newer one covers none of those.
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
      withoutMonth: !newerOnes.some((other) => replacesUnnamed(one, other)),
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

/** Whether a newer export covers months of an older one that no row of that one names. */
function replacesUnnamed(one: MemberExport, newer: MemberExport): boolean {
  if (one.exportId === newer.exportId) return true;
  const first = [one.firstMonth, newer.firstMonth].filter((month) => month !== null).sort().at(
    -1,
  );
  const last = one.lastMonth < newer.lastMonth ? one.lastMonth : newer.lastMonth;
  // Both have all that was before.
  if (first === undefined) return true;
  for (let month = first; month <= last; month = monthBeside(month, 1)) {
    if (!one.months.has(month)) return true;
  }
  return false;
}
