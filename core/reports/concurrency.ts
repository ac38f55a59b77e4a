/**
 * How many sessions were active at once.
 *
 * @module
 */

/** A stretch in which a session was active, in milliseconds. */
export type ActiveStretch = readonly [session: number, from: number, to: number];

/** What of sessions went on at the same time. */
export interface Concurrency {
  /** The most that were active in one moment. */
  readonly most: number;
  /** How many on average while any was; null where none was for any time. */
  readonly average: number | null;
  /** The time in which at least one was. */
  readonly busy_ms: number;
  /** The time in which at least two were. */
  readonly overlap_ms: number;
}

/** Of stretches in any order; those of one session do not overlap. */
export function concurrencyOf(stretches: readonly ActiveStretch[]): Concurrency {
  const began = Float64Array.from(stretches, ([, from]) => from).sort();
  const ended = Float64Array.from(stretches, ([, , to]) => to).sort();
  let most = 0, sum = 0, busy = 0, overlap = 0;
  for (let i = 0, j = 0, before = began[0] ?? 0; j < ended.length;) {
    // What begins where another ends is beside it for no time; but a moment is active, too.
    const at = i < began.length && began[i]! <= ended[j]! ? began[i]! : ended[j]!;
    const open = i - j;
    sum += open * (at - before);
    if (open >= 1) busy += at - before;
    if (open >= 2) overlap += at - before;
    before = at;
    if (i < began.length && began[i]! <= ended[j]!) i++;
    else j++;
    most = Math.max(most, i - j);
  }
  return {
    most,
    average: busy === 0 ? null : Math.round(sum / busy * 1e4) / 1e4,
    busy_ms: busy,
    overlap_ms: overlap,
  };
}
