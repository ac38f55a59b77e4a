/**
 * Chooses which of a member's exports counts for which month, so that nothing counts twice.
 *
 * @module
 */

import type { TeamHeader } from "./team_header.ts";

/** One export of a member. */
export interface MemberExport
  extends Pick<TeamHeader, "exportId" | "exportedOn" | "from" | "to"> {
  /** The months of its rows. */
  readonly months: ReadonlySet<string>;
  /** SHA-256 of the file: it decides between exports of one day. */
  readonly digest: string;
}

/** What counts of an export. */
export interface Counted {
  readonly months: ReadonlySet<string>;
  /** Rows that name no month count where every month of the export does. */
  readonly withoutMonth: boolean;
}

const DAY_MS = 86_400_000;

/**
 * For each export what counts of it. Rows tell no more than their month, which is as exactly as
 * a period can be replaced by another without telling days: of exports that overlap
 * the one counts that covers more days of the month, and of those that cover as many the newest.
 * Those that only touch, as week follows week, all count.
 */
export function countedMonths(exports: readonly MemberExport[]): Counted[] {
  const months = new Set(exports.flatMap(({ to, months }) => [...months, to.slice(0, 7)]));
  const counted = exports.map(() => new Set<string>());
  const lost = new Set<number>();
  for (const month of months) {
    const places = [...exports.keys()]
      .filter((i) => exports[i]!.months.has(month) || reaches(exports[i]!, month))
      .sort((a, b) => rank(exports[a]!, exports[b]!, month));
    const taken: MemberExport[] = [];
    for (const place of places) {
      const one = exports[place]!;
      if (taken.some((other) => overlap(one, other))) {
        lost.add(place);
        continue;
      }
      taken.push(one);
      counted[place]!.add(month);
    }
  }
  return counted.map((of, place) => ({ months: of, withoutMonth: !lost.has(place) }));
}

function rank(a: MemberExport, b: MemberExport, month: string): number {
  return daysIn(b, month) - daysIn(a, month) || compare(b.exportedOn, a.exportedOn) ||
    compare(b.digest, a.digest);
}

/** Whether an export covers some of a month, were it of the day on which it ends. */
function reaches({ from, to }: MemberExport, month: string): boolean {
  return (from === null || from.slice(0, 7) <= month) && to.slice(0, 7) >= month;
}

/** Days of a month that an export covers. */
function daysIn({ from, to }: MemberExport, month: string): number {
  const begin = Date.parse(`${month}-01`),
    end = new Date(begin).setUTCMonth(
      new Date(begin).getUTCMonth() + 1,
    );
  const first = from === null ? begin : Math.max(begin, Date.parse(from));
  return (Math.min(end, Date.parse(to)) - first) / DAY_MS;
}

/** Both ends are days: one that begins when another ends comes after it. */
function overlap(a: MemberExport, b: MemberExport): boolean {
  if (a.exportId === b.exportId) return true;
  const isOfOneDay = a.from === a.to || b.from === b.to;
  const comesAfter = (one: MemberExport, other: MemberExport) =>
    one.from !== null && (isOfOneDay ? one.from > other.to : one.from >= other.to);
  return !comesAfter(a, b) && !comesAfter(b, a);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
