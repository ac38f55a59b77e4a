/**
 * The buckets by which a stretch of time is added up.
 *
 * @module
 */

import { QUARTER_SECONDS } from "../session_counts.ts";

/** One stretch of buckets of one tier. */
export interface Stretch {
  /** Seconds; 0 of whole sessions. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
}

const QUARTER_MS = QUARTER_SECONDS * 1000;
/** Less is read as fast in buckets of one length. */
const WORTH_MS = 2 * 3_600_000;

/** Quarters of an hour where they are whole, and the stretch's own buckets on both sides. */
export function piecesOf({ tier, from, to }: Stretch): Stretch[] {
  const first = Math.ceil(from / QUARTER_MS) * QUARTER_MS;
  const last = Math.floor(to / QUARTER_MS) * QUARTER_MS;
  if (tier === 0 || tier === QUARTER_SECONDS || last - first < WORTH_MS) {
    return [{ tier, from, to }];
  }
  return [
    { tier, from, to: first },
    { tier: QUARTER_SECONDS, from: first, to: last },
    { tier, from: last, to },
  ].filter((piece) => piece.from < piece.to);
}
