/**
 * What a walk along a session has counted so far, by the minute: buckets of every tier are made of
 * minutes.
 *
 * @module
 */

import { SESSION_USAGE, USAGE_COUNTS, USAGE_PEAKS } from "../../../core/session_counts.ts";
import { bucketOf } from "../sum_table.ts";

/** A count that is summed. */
export type UsageCount = typeof USAGE_COUNTS[number];
/** One that has a greatest. */
export type UsagePeak = typeof USAGE_PEAKS[number];
/** What is of a session as a whole. */
export type SessionUsage = Partial<Record<typeof SESSION_USAGE[number], number | null>>;

/** Counts of a bucket, in the order of {@linkcode USAGE_COLUMNS}. */
export type UsageRow = readonly number[];

/** The columns of `usage_sums` behind its key. */
export const USAGE_COLUMNS = [...USAGE_COUNTS, ...USAGE_PEAKS] as const;

const PLACES = new Map<string, number>(USAGE_COLUMNS.map((name, i) => [name, i]));
const MINUTE_SECONDS = 60;

/** Collects counts. */
export class UsageTally {
  readonly #minutes = new Map<number, number[]>();

  /** Adds to a count at a moment. */
  add(at: number, name: UsageCount, count = 1): void {
    this.#minute(at)[PLACES.get(name)!]! += count;
  }

  /** Notes a number of which the greatest is kept. */
  peak(at: number, name: UsagePeak, value: number): void {
    const minute = this.#minute(at), place = PLACES.get(name)!;
    minute[place] = Math.max(minute[place]!, value);
  }

  /** The sum of a count over the whole session. */
  sum(name: UsageCount): number {
    const place = PLACES.get(name)!;
    return this.#minutes.values().reduce((sum, minute) => sum + minute[place]!, 0);
  }

  /** The rows of buckets of so many seconds; one bucket is 0, where it is 0 seconds. */
  rows(seconds: number): ReadonlyMap<number, UsageRow> {
    const rows = new Map<number, number[]>();
    for (const [at, minute] of this.#minutes) {
      const bucket = bucketOf(at, seconds), row = rows.get(bucket) ?? blank();
      rows.set(bucket, row);
      USAGE_COUNTS.forEach((_, i) => row[i]! += minute[i]!);
      for (let i = USAGE_COUNTS.length; i < minute.length; i++) {
        row[i] = Math.max(row[i]!, minute[i]!);
      }
      const most = PLACES.get("operations_a_minute")!;
      row[most] = Math.max(row[most]!, minute[PLACES.get("operations")!]!);
    }
    return rows;
  }

  #minute(at: number): number[] {
    const bucket = bucketOf(at, MINUTE_SECONDS);
    let minute = this.#minutes.get(bucket);
    if (!minute) {
      minute = blank();
      this.#minutes.set(bucket, minute);
    }
    return minute;
  }
}

function blank(): number[] {
  return USAGE_COLUMNS.map(() => 0);
}
