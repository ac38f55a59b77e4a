/**
 * How well probabilities that were told beforehand fit what came of it.
 *
 * @module
 */

/** What was told of cases of one session that are alike, and what came of them. */
export interface Foretold {
  /** The cases of a session are no trials of their own: they hang together. */
  readonly session: number;
  readonly probability: number;
  /** What was told by the share of all cases known before, and nothing else. */
  readonly baseRate: number;
  readonly n: number;
  /** How many of them came true. */
  readonly good: number;
}

/** One stretch of probabilities. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** The mean of what was told. */
  readonly predicted: number;
  /** How many came true. */
  readonly hits: number;
}

/** Scores of foretold cases; lower is better for all but the skill. */
export interface Calibration {
  readonly n: number;
  readonly sessions: number;
  /** Mean of (probability − outcome)², by G. W. Brier, 1950. */
  readonly brier: number;
  readonly brierOfBaseRate: number;
  /** 1 − brier ÷ brier of the base rate: 0 is no better than that, 1 is perfect. */
  readonly skill: number | null;
  /** Mean of −log of the probability of what came true, in nats. */
  readonly logLoss: number;
  /** Σ n of a bin ÷ n · |told − came true|, over ten bins. */
  readonly expectedCalibrationError: number;
  readonly bins: readonly CalibrationBin[];
  /** Brier minus that of the base rate, with its 95 % interval over sessions. */
  readonly difference: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
  };
}

const BINS = 10;
const Z = 1.959963984540054;
/** A probability of exactly 0 or 1 would cost without bound. */
const CERTAIN = 1e-9;

/** The scores of at least one case. */
export function calibrationOf(cases: readonly Foretold[]): Calibration {
  const n = sumOf(cases, (one) => one.n);
  const brier = sumOf(cases, squaresOf) / n;
  const brierOfBaseRate = sumOf(cases, baseSquaresOf) / n;
  const bins = binsOf(cases);
  return {
    n,
    sessions: new Set(cases.map(({ session }) => session)).size,
    brier,
    brierOfBaseRate,
    skill: brierOfBaseRate === 0 ? null : 1 - brier / brierOfBaseRate,
    logLoss: sumOf(cases, lossOf) / n,
    expectedCalibrationError: sumOf(
      bins,
      (bin) => Math.abs(bin.n * bin.predicted - bin.hits) / n,
    ),
    bins,
    difference: differenceOf(cases),
  };
}

/** Minus the logarithms of the probabilities of what came true, added up, in nats. */
export function lossOf({ probability, n, good }: Omit<Foretold, "session" | "baseRate">): number {
  return -good * Math.log(Math.max(CERTAIN, probability)) -
    (n - good) * Math.log(Math.max(CERTAIN, 1 - probability));
}

function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

function squaresOf({ probability, n, good }: Foretold): number {
  return good * (1 - probability) ** 2 + (n - good) * probability ** 2;
}

function baseSquaresOf({ baseRate, n, good }: Foretold): number {
  return good * (1 - baseRate) ** 2 + (n - good) * baseRate ** 2;
}

/** Bins without a case are left out. */
function binsOf(cases: readonly Foretold[]): CalibrationBin[] {
  const binOf = ({ probability }: Foretold) => Math.min(BINS - 1, Math.floor(probability * BINS));
  return Map.groupBy(cases, binOf).entries().map(([bin, some]) => {
    const n = sumOf(some, (one) => one.n);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      n,
      predicted: sumOf(some, (one) => one.n * one.probability) / n,
      hits: sumOf(some, ({ good }) => good),
    };
  }).toArray().sort((a, b) => a.from - b.from);
}

/**
 * A ratio of sums over sessions, with the linearised variance of such a ratio (W. G. Cochran,
 * Sampling Techniques, 1977, section 6): the interval is wider the more sessions are of one piece.
 */
function differenceOf(cases: readonly Foretold[]): Calibration["difference"] {
  const n = sumOf(cases, (one) => one.n);
  const sessions = [...Map.groupBy(cases, ({ session }) => session).values()].map((some) => ({
    n: sumOf(some, (one) => one.n),
    sum: sumOf(some, (one) => squaresOf(one) - baseSquaresOf(one)),
  }));
  const value = sumOf(sessions, ({ sum }) => sum) / n;
  if (sessions.length < 2) return { value, low: null, high: null };
  const squares = sumOf(sessions, (one) => (one.sum - one.n * value) ** 2);
  const error = Math.sqrt(squares * sessions.length / (sessions.length - 1)) / n;
  return { value, low: value - Z * error, high: value + Z * error };
}
