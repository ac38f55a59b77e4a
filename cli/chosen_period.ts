/**
 * Which period a report is of, as the user named it.
 *
 * @module
 */

import { parsePeriod, type Period, rollingPeriod } from "../core/reports/period.ts";
import { UsageError } from "./exit.ts";

/** The options that name a period. */
export interface PeriodOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
}

/** The period. @throws {UsageError} when a time cannot be read */
export function chosenPeriod({ period, since, until }: PeriodOptions, now: number): Period {
  if (since === undefined && until === undefined) return rollingPeriod(period, now);
  try {
    return parsePeriod(since, until, now);
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
