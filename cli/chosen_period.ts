/**
 * Which period a report is of, as the user named it.
 *
 * @module
 */

import { parseMoment, parsePeriod, type Period, rollingPeriod } from "../core/reports/period.ts";
import { localDay, localTime } from "./analysis/local_time.ts";
import type { Globals } from "./cli.ts";
import { UsageError } from "./exit.ts";
import type { Io } from "./io.ts";

/** The options that name a period. */
export interface PeriodOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
}

/** The period. @throws {UsageError} when a time cannot be read */
export function chosenPeriod({ period, since, until }: PeriodOptions, now: number): Period {
  if (since === undefined && until === undefined) return rollingPeriod(period, now);
  return asUsage(() => parsePeriod(since, until, now));
}

/** A moment in milliseconds since 1970 UTC. @throws {UsageError} when it cannot be read */
export function chosenMoment(text: string): number {
  return asUsage(() => parseMoment(text));
}

/** What an option says. @throws {UsageError} where it is out of range */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The heading of the first column: which period the numbers are of. */
export function periodTitle({ period, since, until }: PeriodOptions): string {
  if (since === undefined && until === undefined) {
    return period === "all" ? "all time" : `last ${period}`;
  }
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(" ");
}

/** Says on stderr of which time a report is, where no sums begin at a moment that was named. */
export function noteBounds(
  io: Io,
  { quiet }: Globals,
  { since, until }: PeriodOptions,
  { from, to }: { readonly from: string | null; readonly to: string },
): void {
  const isElsewhere = (named: string | undefined, at: string | null) =>
    named !== undefined && at !== null && chosenMoment(named) !== Date.parse(at);
  if (quiet || !isElsewhere(since, from) && !isElsewhere(until, to)) return;
  const ends = [since && from && `from ${shown(from)}`, until && `to ${shown(to)}`];
  const told = ends.filter(Boolean).join(" ");
  io.stderr.write(`note: no shorter sums are kept of that time: this is ${told}\n`);
}

function shown(moment: string): string {
  const at = Date.parse(moment);
  return `${localDay(at)} ${localTime(at)}`;
}
