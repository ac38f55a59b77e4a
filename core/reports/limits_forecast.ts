/**
 * Where what only grows is going, and what a percent of it takes: plain statistics over what was
 * seen of it, each with its n and a 95 % interval.
 *
 * @module
 */

/** A share that was seen at some time. */
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

/** What is foretold of one moment. */
export interface Foretold {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How it goes on, if it goes on as it went. */
export interface Forecast {
  /** Steps from what was seen last to the end, at equal distances. */
  readonly course: readonly Foretold[];
  /** When all is used; null when the end is before. */
  readonly full_at: number | null;
  /** The earliest and the latest of the interval, the same way. */
  readonly full_at_earliest: number | null;
  readonly full_at_latest: number | null;
  /** Steps from one share to the next that it rests on. */
  readonly n: number;
}

/** Fewer steps foretell nothing. */
const STEPS_MIN = 3;
/** Nothing is foretold for longer than so many times what was seen. */
const AHEAD_MAX = 50;
const HOUR_MS = 3_600_000;
const COURSE_STEPS = 12;
const HALVINGS = 40;
const Z = 1.959963984540054;

/**
 * A walk with drift, from the last point on. What is used comes in bursts, so the future strays
 * from the pace as the past did: with the pace r and the variance v of a unit of time, both from
 * the steps seen over a span T, the error of what is used h later is √(v·h·(1 + h ÷ T)), as of a
 * random walk with drift (Hyndman and Athanasopoulos, Forecasting, 5.2), times Student's t. A line
 * of least squares would take the points for independent, and promise four times too much.
 *
 * @param points in any order; of shares that fall again the greatest before holds
 * @param endsAt milliseconds
 * @returns null where too little is known
 */
export function foretell(points: readonly UsePoint[], endsAt: number): Forecast | null {
  const grown = growing(points), last = grown.at(-1);
  const n = grown.length - 1;
  if (!last || n < STEPS_MIN || endsAt <= last.at) return null;
  const { pace, variance, freedom, span } = paceOf(grown);
  if (endsAt - last.at > AHEAD_MAX * span) return null;
  const reach = studentT(freedom);
  const bound = (after: number, side: -1 | 0 | 1) =>
    // What is used is never given back before the end.
    last.used + Math.max(
      0,
      pace * after + side * reach * Math.sqrt(variance * after * (1 + after / span)),
    );
  const length = endsAt - last.at;
  const fullAt = (side: -1 | 0 | 1) => {
    if (bound(length, side) < 1) return null;
    let [early, late] = [0, length];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (early + late) / 2;
      if (bound(middle, side) < 1) early = middle;
      else late = middle;
    }
    return Math.round(last.at + late);
  };
  return {
    course: Array.from({ length: COURSE_STEPS + 1 }, (_, i) => {
      const after = i / COURSE_STEPS * length;
      const [low, value, high] = ([-1, 0, 1] as const).map((side) => round(bound(after, side)));
      return { at: Math.round(last.at + after), value: value!, low: low!, high: high! };
    }),
    full_at: fullAt(0),
    full_at_earliest: fullAt(1),
    full_at_latest: fullAt(-1),
    n,
  };
}

/** How much an hour takes, as {@linkcode foretell} takes it; null where too little is known. */
export function hourlyPace(points: readonly UsePoint[]): Estimate | null {
  const grown = growing(points), n = grown.length - 1;
  if (n < STEPS_MIN) return null;
  const { pace, variance, freedom, span } = paceOf(grown);
  const reach = studentT(freedom) * Math.sqrt(variance / span);
  const [low, value, high] = [pace - reach, pace, pace + reach]
    .map((one) => round(Math.max(0, one) * HOUR_MS));
  return { value: value!, low: low!, high: high!, n };
}

/** When each share was first seen, and when the last was seen last; none below one before. */
function growing(points: readonly UsePoint[]): UsePoint[] {
  const grown: UsePoint[] = [];
  const sorted = points.toSorted((a, b) => a.at - b.at || b.used - a.used);
  for (const point of sorted) {
    const before = grown.at(-1);
    if (!before || point.at > before.at && point.used > before.used) grown.push(point);
  }
  const last = sorted.at(-1), end = grown.at(-1);
  return last && end && last.at > end.at ? [...grown, { at: last.at, used: end.used }] : grown;
}

/** Moments of a process whose steps are independent; each step counts by the time it took. */
function paceOf(points: readonly UsePoint[]) {
  const first = points[0]!, last = points.at(-1)!;
  const span = last.at - first.at, pace = (last.used - first.used) / span;
  const steps = points.slice(1).map((point, i) => ({
    time: point.at - points[i]!.at,
    gain: point.used - points[i]!.used,
  }));
  const times = steps.reduce((sum, { time }) => sum + time ** 2, 0);
  const strays = steps.reduce((sum, { time, gain }) => sum + (gain - pace * time) ** 2, 0);
  // As many steps of equal length would know as much of the variance.
  const freedom = Math.max(1, Math.round(span ** 2 / times) - 1);
  return { pace, span, variance: strays / (span - times / span), freedom };
}

/**
 * What a part of a whole takes: the ratio of sums over steps, with the interval of a ratio
 * estimator by Student's t (Cochran, Sampling Techniques, 6.3).
 *
 * @param steps what each took, and how great a part of the whole it was; above 0
 * @returns null without any
 */
export function ratioOf(
  steps: readonly { readonly took: number; readonly part: number }[],
): Estimate | null {
  const n = steps.length;
  if (n === 0) return null;
  const sum = (of: (step: { took: number; part: number }) => number) =>
    steps.reduce((all, step) => all + of(step), 0);
  const parts = sum(({ part }) => part), value = sum(({ took }) => took) / parts;
  if (n === 1) return { value: round(value), low: null, high: null, n };
  const strays = sum(({ took, part }) => (took - value * part) ** 2);
  const reach = studentT(n - 1) * Math.sqrt(n / (n - 1) * strays) / parts;
  return {
    value: round(value),
    low: round(Math.max(0, value - reach)),
    high: round(value + reach),
    n,
  };
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
