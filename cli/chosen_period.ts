/**
 * The period that the user names, by a rolling name or by two times.
 *
 * @module
 */

import { parsePeriod, type Period, rollingPeriod } from "../core/reports/period.ts";
import { UsageError } from "./exit.ts";

/** The options of a period, as the user wrote them. */
export interface PeriodOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
}

/**
 * The period; times stand before a name.
 *
 * @throws {UsageError} when a time is none, or the end comes first
 */
export function chosenPeriod({ period, since, until }: PeriodOptions, now: number): Period {
  if (since === undefined && until === undefined) return rollingPeriod(period, now);
  try {
    return parsePeriod(since, until, now);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
