/**
 * Where the use of an account's limits is going, and what a percent of them takes: plain
 * statistics over the history of what the client showed, each with its n and a 95 % interval.
 *
 * @module
 */

/** A share that was seen of a window at some time. */
export interface UsePoint {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** 1 is all of it. */
  readonly used: number;
}

/** A number with its 95 % interval; the ends are null where one observation is all there is. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** How a window goes on, if it goes on as it went. */
export interface LimitForecast {
  /** Share that is used when the window ends; above 1 is more than there is. */
  readonly at_reset: Estimate;
  /** When all is used, in milliseconds; null when the window ends before. */
  readonly full_at: number | null;
  /** The earliest of the interval, the same way. */
  readonly full_at_earliest: number | null;
}

/** Below so many points, or so little of a window, nothing is foretold. */
const POINTS_MIN = 4;
const SPAN_SHARE_MIN = 0.02;
const Z = 1.959963984540054;

/**
 * The line of least squares through what was seen of a window, from the last point on: the slope
 * is that of the line, its uncertainty the slope's standard error with Student's t.
 *
 * @param points of one window, in any order
 * @param endsAt when the window ends, and `length` how long it is, in milliseconds
 * @returns null where too little is known
 */
export function forecastLimit(
  points: readonly UsePoint[],
  endsAt: number,
  length: number,
): LimitForecast | null {
  const sorted = points.toSorted((a, b) => a.at - b.at || a.used - b.used);
  const first = sorted[0], last = sorted.at(-1);
  if (!first || !last || sorted.length < POINTS_MIN) return null;
  if (last.at - first.at < length * SPAN_SHARE_MIN || endsAt <= last.at) return null;
  const { slope, error } = leastSquares(sorted);
  const reach = studentT(sorted.length - 2) * error;
  // What is used is never given back before the window ends.
  const rates = [slope, slope - reach, slope + reach].map((rate) => Math.max(0, rate));
  const [rate, slow, fast] = rates as [number, number, number];
  const atEnd = (per: number) => last.used + per * (endsAt - last.at);
  const fullAt = (per: number) => {
    const at = per === 0 ? Infinity : last.at + Math.max(0, 1 - last.used) / per;
    return at < endsAt ? Math.round(at) : null;
  };
  return {
    at_reset: {
      value: round(atEnd(rate)),
      low: round(atEnd(slow)),
      high: round(atEnd(fast)),
      n: sorted.length,
    },
    full_at: fullAt(rate),
    full_at_earliest: fullAt(fast),
  };
}

/** The mean of observations with its interval by Student's t; null without any. */
export function meanOf(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const value = values.reduce((sum, one) => sum + one, 0) / n;
  if (n === 1) return { value: round(value), low: null, high: null, n };
  const spread = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (n - 1);
  const reach = studentT(n - 1) * Math.sqrt(spread / n);
  return {
    value: round(value),
    low: round(Math.max(0, value - reach)),
    high: round(value + reach),
    n,
  };
}

function leastSquares(points: readonly UsePoint[]): { slope: number; error: number } {
  const n = points.length;
  const meanAt = points.reduce((sum, { at }) => sum + at, 0) / n;
  const meanUsed = points.reduce((sum, { used }) => sum + used, 0) / n;
  const squares = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const slope = points.reduce((sum, { at, used }) => sum + (at - meanAt) * (used - meanUsed), 0) /
    squares;
  const rest = points.reduce(
    (sum, { at, used }) => sum + (used - meanUsed - slope * (at - meanAt)) ** 2,
    0,
  );
  return { slope, error: Math.sqrt(rest / (n - 2) / squares) };
}

/**
 * The 97.5 % quantile of Student's t, by the expansion of Cornish and Fisher in 1 ÷ degrees of
 * freedom (Abramowitz and Stegun 26.7.5); one and two degrees have closed forms.
 */
function studentT(degrees: number): number {
  if (degrees <= 1) return 12.706204736;
  if (degrees === 2) return 4.30265273;
  const z3 = Z ** 3, z5 = Z ** 5, z7 = Z ** 7;
  return Z + (z3 + Z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * degrees ** 3);
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
