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

/** The same in a form that adds up: of a stretch of time. */
export interface Overlap {
  readonly most: number;
  /** The time of all together. */
  readonly sum_ms: number;
  readonly busy_ms: number;
  readonly overlap_ms: number;
}

/** Of a time in which nothing was active. */
export const NO_OVERLAP: Overlap = { most: 0, sum_ms: 0, busy_ms: 0, overlap_ms: 0 };

/** Of stretches in any order; those of one session do not overlap. */
export function overlapOf(stretches: readonly ActiveStretch[]): Overlap {
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
  return { most, sum_ms: sum, busy_ms: busy, overlap_ms: overlap };
}

/**
 * Of two stretches of time that do not overlap. What goes on over a border stands in both, cut
 * there, and what ends on it in both, too: in each moment the same are active as in the whole.
 */
export function addOverlap(a: Overlap, b: Overlap): Overlap {
  return {
    most: Math.max(a.most, b.most),
    sum_ms: a.sum_ms + b.sum_ms,
    busy_ms: a.busy_ms + b.busy_ms,
    overlap_ms: a.overlap_ms + b.overlap_ms,
  };
}

/** What of sessions went on at the same time. */
export function concurrencyOf({ most, sum_ms, busy_ms, overlap_ms }: Overlap): Concurrency {
  const average = busy_ms === 0 ? null : Math.round(sum_ms / busy_ms * 1e4) / 1e4;
  return { most, average, busy_ms, overlap_ms };
}
