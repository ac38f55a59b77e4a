/**
 * Regularised logistic regression over features that are there or not, by Newton's method. The
 * same rows give the same model to the last bit.
 *
 * @module
 */

/** Examples that are alike. */
export interface LabelledRows {
  /** Numbers of the features that they have, the lowest first. */
  readonly features: readonly number[];
  readonly n: number;
  /** How many of them went well. */
  readonly good: number;
}

/** What a model says of one case. */
export interface Chance {
  readonly probability: number;
  readonly logit: number;
  /** Of the logit, by the curvature at the maximum (Laplace's approximation). */
  readonly standardDeviation: number;
}

const STEPS_MAX = 50;
const HALVINGS_MAX = 20;
/** Each step squares what is missing: the next one would change nothing that is told. */
const CONVERGED = 1e-5;
/** The intercept is all but free. */
const INTERCEPT_RIDGE = 1e-6;

/**
 * A fitted model: the maximum of Σ log p(label) − ridge/2 · Σ weight², which is the mode under a
 * normal prior with variance 1/ridge. Weight 0 is the intercept; feature i has weight i + 1.
 */
export class LogisticModel {
  readonly weights: Float64Array;
  readonly #curvature: () => Float64Array[];
  #factor: Float64Array[] | undefined;

  /** @param start weights to begin with: near the maximum it takes fewer steps to find it */
  constructor(
    rows: readonly LabelledRows[],
    features: number,
    ridge: number,
    start: Float64Array = new Float64Array(features + 1),
  ) {
    const table = tableOf(rows), weights = this.weights = fit(table, start, ridge);
    this.#curvature = () => derivatives(table, placeOf(table, weights, ridge), ridge).hessian;
  }

  /** @param values of the features, one each; between 0 and 1 where it is not known whether */
  predict(values: readonly number[]): Chance {
    this.#factor ??= cholesky(this.#curvature());
    const x = [1, ...values];
    const logit = x.reduce((sum, value, i) => sum + value * this.weights[i]!, 0);
    // |L⁻¹x|² is x'H⁻¹x, as H = LL'.
    const solved = solveLower(this.#factor, x);
    const variance = solved.reduce((sum, value) => sum + value * value, 0);
    return { probability: sigmoid(logit), logit, standardDeviation: Math.sqrt(variance) };
  }

  /** The probability of one example; faster, as its other features are 0. */
  probabilityOf(features: readonly number[]): number {
    let logit = this.weights[0]!;
    for (const feature of features) logit += this.weights[feature + 1]!;
    return sigmoid(logit);
  }
}

/** 1 ÷ (1 + e^−logit). */
export function sigmoid(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** Examples as plain numbers: a model is fitted dozens of times to find one that holds. */
interface Table {
  /** Numbers of the weights that all rows have, the intercept's aside, row behind row. */
  readonly places: Int32Array;
  /** By row, where its places end. */
  readonly ends: Int32Array;
  readonly n: Float64Array;
  readonly good: Float64Array;
}

function tableOf(rows: readonly LabelledRows[]): Table {
  const ends = new Int32Array(rows.length), n = new Float64Array(rows.length);
  const good = new Float64Array(rows.length);
  const places = new Int32Array(rows.reduce((sum, { features }) => sum + features.length, 0));
  let end = 0;
  rows.forEach((row, i) => {
    for (const feature of row.features) places[end++] = feature + 1;
    ends[i] = end;
    n[i] = row.n;
    good[i] = row.good;
  });
  return { places, ends, n, good };
}

function fit(table: Table, start: Float64Array, ridge: number): Float64Array {
  let at = placeOf(table, start, ridge);
  for (let step = 0; step < STEPS_MAX; step++) {
    const { gradient, hessian } = derivatives(table, at, ridge);
    const factor = cholesky(hessian);
    const change = solveUpper(factor, solveLower(factor, gradient));
    let scale = 1, next = at;
    for (let i = 0; i < HALVINGS_MAX; i++, scale /= 2) {
      const weights = at.weights.map((weight, place) => weight + scale * change[place]!);
      next = placeOf(table, weights, ridge);
      if (next.objective >= at.objective) break;
    }
    // Rounding can leave no better place than this one.
    if (next.objective < at.objective) break;
    at = next;
    if (change.every((value) => Math.abs(value) * scale < CONVERGED)) break;
  }
  return at.weights;
}

/** What holds at some weights. */
interface Place {
  readonly weights: Float64Array;
  /** By row. */
  readonly probabilities: Float64Array;
  readonly objective: number;
}

function placeOf(table: Table, weights: Float64Array, ridge: number): Place {
  const { places, ends, n, good } = table;
  const probabilities = new Float64Array(n.length);
  let objective = 0;
  for (let i = 0; i < weights.length; i++) objective -= ridgeOf(i, ridge) / 2 * weights[i]! ** 2;
  for (let row = 0, i = 0; row < n.length; row++) {
    let logit = weights[0]!;
    for (const end = ends[row]!; i < end; i++) logit += weights[places[i]!]!;
    // Never more than 1, so that nothing overflows.
    const power = Math.exp(-Math.abs(logit));
    probabilities[row] = (logit >= 0 ? 1 : power) / (1 + power);
    objective += good[row]! * logit - n[row]! * (Math.log1p(power) + Math.max(0, logit));
  }
  return { weights, probabilities, objective };
}

function ridgeOf(place: number, ridge: number): number {
  return place === 0 ? INTERCEPT_RIDGE : ridge;
}

/** The gradient of the objective, and minus its Hessian, of which the lower half is filled. */
function derivatives(table: Table, { weights, probabilities }: Place, ridge: number) {
  const { places, ends, n, good } = table;
  const size = weights.length;
  const gradient = weights.map((weight, i) => -ridgeOf(i, ridge) * weight);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) hessian[i]![i] = ridgeOf(i, ridge);
  for (let row = 0, begin = 0; row < n.length; row++) {
    const end = ends[row]!, probability = probabilities[row]!;
    const slope = good[row]! - n[row]! * probability;
    const curve = n[row]! * probability * (1 - probability);
    gradient[0]! += slope;
    hessian[0]![0]! += curve;
    for (let a = begin; a < end; a++) {
      const left = hessian[places[a]!]!;
      gradient[places[a]!]! += slope;
      left[0]! += curve;
      for (let b = begin; b <= a; b++) left[places[b]!]! += curve;
    }
    begin = end;
  }
  return { gradient, hessian };
}

/** The lower triangle L of a positive definite matrix LL'. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => new Float64Array(row.length));
  for (let i = 0; i < matrix.length; i++) {
    const left = lower[i]!;
    for (let j = 0; j <= i; j++) {
      const above = lower[j]!;
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= left[k]! * above[k]!;
      left[j] = i === j ? Math.sqrt(sum) : sum / above[j]!;
    }
  }
  return lower;
}

function solveLower(lower: readonly Float64Array[], right: ArrayLike<number>): Float64Array {
  const solved = Float64Array.from(right);
  for (let i = 0; i < solved.length; i++) {
    const row = lower[i]!;
    let sum = solved[i]!;
    for (let k = 0; k < i; k++) sum -= row[k]! * solved[k]!;
    solved[i] = sum / row[i]!;
  }
  return solved;
}

function solveUpper(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const solved = Float64Array.from(right);
  for (let i = solved.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < solved.length; k++) solved[i]! -= lower[k]![i]! * solved[k]!;
    solved[i]! /= lower[i]![i]!;
  }
  return solved;
}
