/**
 * Of what a stretch of time is added up where all sessions are meant: of totals by day.
 *
 * @module
 */

import { DAY_SECONDS } from "../session_counts.ts";

/** One stretch of buckets of one tier. */
export interface Stretch {
  /** Seconds; 0 of whole sessions. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
}

/** A part of a stretch, and whether it is read in the totals of all sessions. */
export interface Piece extends Stretch {
  readonly isTotal: boolean;
}

const DAY_MS = DAY_SECONDS * 1000;

/** Whole days in UTC by day, and what is before and behind them by the stretch's own buckets. */
export function piecesOf({ tier, from, to }: Stretch): Piece[] {
  if (tier === 0) return [{ isTotal: true, tier, from, to }];
  const first = Math.ceil(from / DAY_MS) * DAY_MS, last = Math.floor(to / DAY_MS) * DAY_MS;
  if (first >= last) return [{ isTotal: false, tier, from, to }];
  return [
    { isTotal: false, tier, from, to: first },
    { isTotal: true, tier: DAY_SECONDS, from: first, to: last },
    { isTotal: false, tier, from: last, to },
  ];
}
