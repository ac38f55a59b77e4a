/**
 * The period that the user named.
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

/**
 * The rolling period, or the one between two moments where either is named.
 *
 * @throws {UsageError} for what is no period
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
