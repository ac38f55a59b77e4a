/**
 * Regularised logistic regression over features that are there or not, by Newton's method. The
 * same rows give the same model to the last bit.
 *
 * @module
 */

/** One example. */
export interface LabelledRow {
  /** Numbers of the features that it has. */
  readonly features: readonly number[];
  readonly label: boolean;
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
const CONVERGED = 1e-9;
/** The intercept is all but free. */
const INTERCEPT_RIDGE = 1e-6;

/**
 * A fitted model: the maximum of Σ log p(label) − ridge/2 · Σ weight², which is the mode under a
 * normal prior with variance 1/ridge. Weight 0 is the intercept; feature i has weight i + 1.
 */
export class LogisticModel {
  readonly weights: Float64Array;
  readonly #factor: Float64Array[];

  constructor(rows: readonly LabelledRow[], features: number, ridge: number) {
    const cases = rows.map(({ features, label }) => ({
      places: [0, ...features.map((feature) => feature + 1)],
      label,
    }));
    const fitted = fit(cases, features + 1, ridge);
    this.weights = fitted.weights;
    this.#factor = fitted.factor;
  }

  /** @param values of the features, one each; between 0 and 1 where it is not known whether */
  predict(values: readonly number[]): Chance {
    const x = [1, ...values];
    const logit = x.reduce((sum, value, i) => sum + value * this.weights[i]!, 0);
    // |L⁻¹x|² is x'H⁻¹x, as H = LL'.
    const solved = solveLower(this.#factor, x);
    const variance = solved.reduce((sum, value) => sum + value * value, 0);
    return { probability: sigmoid(logit), logit, standardDeviation: Math.sqrt(variance) };
  }

  /** The probability of one example; faster, as its other features are 0. */
  probabilityOf(features: readonly number[]): number {
    return sigmoid(features.reduce((sum, i) => sum + this.weights[i + 1]!, this.weights[0]!));
  }
}

/** 1 ÷ (1 + e^−logit). */
export function sigmoid(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** An example by the places of its weights, of which the intercept's comes first. */
interface Case {
  readonly places: readonly number[];
  readonly label: boolean;
}

function fit(rows: readonly Case[], size: number, ridge: number) {
  let weights = new Float64Array(size);
  let value = objective(rows, weights, ridge);
  for (let step = 0; step < STEPS_MAX; step++) {
    const { gradient, hessian } = derivatives(rows, weights, ridge);
    const factor = cholesky(hessian);
    const change = solveUpper(factor, solveLower(factor, gradient));
    let scale = 1, next = weights, nextValue = value;
    for (let i = 0; i < HALVINGS_MAX; i++, scale /= 2) {
      next = weights.map((weight, place) => weight + scale * change[place]!);
      nextValue = objective(rows, next, ridge);
      if (nextValue >= value) break;
    }
    // Rounding can leave no better place than this one.
    if (nextValue < value) break;
    weights = next;
    value = nextValue;
    if (Math.max(...change.map(Math.abs)) * scale < CONVERGED) break;
  }
  return { weights, factor: cholesky(derivatives(rows, weights, ridge).hessian) };
}

function logitOf(weights: Float64Array, places: readonly number[]): number {
  let logit = 0;
  for (const place of places) logit += weights[place]!;
  return logit;
}

function ridgeOf(place: number, ridge: number): number {
  return place === 0 ? INTERCEPT_RIDGE : ridge;
}

function objective(rows: readonly Case[], weights: Float64Array, ridge: number): number {
  let sum = 0;
  for (const { places, label } of rows) {
    const logit = logitOf(weights, places), signed = label ? logit : -logit;
    sum -= signed >= 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  return weights.reduce((left, weight, i) => left - ridgeOf(i, ridge) / 2 * weight ** 2, sum);
}

/** The gradient of the objective, and minus its Hessian, of which the lower half is filled. */
function derivatives(rows: readonly Case[], weights: Float64Array, ridge: number) {
  const size = weights.length;
  const gradient = weights.map((weight, i) => -ridgeOf(i, ridge) * weight);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) hessian[i]![i] = ridgeOf(i, ridge);
  for (const { places, label } of rows) {
    const probability = sigmoid(logitOf(weights, places));
    const slope = (label ? 1 : 0) - probability, curve = probability * (1 - probability);
    for (const i of places) {
      gradient[i]! += slope;
      const row = hessian[i]!;
      for (const j of places) if (j <= i) row[j]! += curve;
    }
  }
  return { gradient: [...gradient], hessian };
}

/** The lower triangle L of a positive definite matrix LL'. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => new Float64Array(row.length));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  return lower;
}

function solveLower(lower: readonly Float64Array[], right: readonly number[]): number[] {
  const solved: number[] = [];
  lower.forEach((row, i) => {
    const known = solved.reduce((sum, value, k) => sum + row[k]! * value, 0);
    solved.push((right[i]! - known) / row[i]!);
  });
  return solved;
}

function solveUpper(lower: readonly Float64Array[], right: readonly number[]): number[] {
  const solved = [...right];
  for (let i = solved.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < solved.length; k++) solved[i]! -= lower[k]![i]! * solved[k]!;
    solved[i]! /= lower[i]![i]!;
  }
  return solved;
}
