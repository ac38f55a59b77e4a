/**
 * An axis of time on which long stretches without anything are folded to a small width, so that
 * an hour of work can be seen although days lie between.
 *
 * @module
 */

/** From and to, in milliseconds. */
export type Interval = readonly [from: number, to: number];

/** A stretch that is folded. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  /** Its place on the axis. */
  readonly x: number;
  readonly width: number;
}

/** Where moments stand on the axis. */
export interface FoldedTime {
  readonly folds: readonly Fold[];
  /** The place of a moment, between 0 and the width of the axis. */
  x(at: number): number;
}

/** What is at least folded: as long as a pause that is no activity any more. */
const FOLD_MIN_MS = 5 * 60_000;
/** A fold takes this share of the axis, and all of them together that. */
const FOLD_SHARE = 0.02, FOLDS_SHARE = 0.35;

/**
 * The axis of a stretch.
 *
 * @param busy in order, without overlap: what lies between is folded where it is long
 */
export function foldTime(
  [from, to]: Interval,
  busy: readonly Interval[],
  width: number,
): FoldedTime {
  const ends = [from, ...busy.flat().map((at) => Math.min(to, Math.max(from, at))), to];
  const gaps = Array.from({ length: ends.length / 2 }, (_, i) => [ends[2 * i]!, ends[2 * i + 1]!])
    .filter(([begin, end]) => end! - begin! >= FOLD_MIN_MS) as [number, number][];
  const folded = gaps.reduce((ms, [begin, end]) => ms + end - begin, 0);
  const rest = to - from - folded;
  // Where nothing is left to be seen, nothing needs to be folded.
  if (rest <= 0 || gaps.length === 0) return straight([from, to], width);
  const each = Math.min(FOLD_SHARE, FOLDS_SHARE / gaps.length) * width;
  const scale = (width - each * gaps.length) / rest;
  let passedMs = 0;
  const folds = gaps.map(([begin, end], i): Fold => {
    const x = (begin - from - passedMs) * scale + i * each;
    passedMs += end - begin;
    return { from: begin, to: end, x, width: each };
  });
  return { folds, x: (at) => placeOf(Math.min(to, Math.max(from, at)), { from, folds, scale }) };
}

function placeOf(
  at: number,
  { from, folds, scale }: { from: number; folds: readonly Fold[]; scale: number },
): number {
  const before = folds.findLast((fold) => fold.from <= at);
  if (!before) return (at - from) * scale;
  const { to, x, width } = before;
  if (at <= to) return x + ((at - before.from) / (to - before.from)) * width;
  return x + width + (at - to) * scale;
}

function straight([from, to]: Interval, width: number): FoldedTime {
  const scale = width / Math.max(1, to - from);
  return { folds: [], x: (at) => (Math.min(to, Math.max(from, at)) - from) * scale };
}
