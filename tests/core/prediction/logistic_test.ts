/** Tests of `core/prediction/logistic.ts`. */

import assert from "node:assert/strict";
import { type LabelledRows, LogisticModel, sigmoid } from "../../../core/prediction/logistic.ts";

/** So many examples that have these features, of which so many went well. */
function rowsOf(features: readonly number[], n: number, good: number): LabelledRows[] {
  return [{ features, n, good }];
}

function close(a: number, b: number, within = 1e-6): void {
  assert.ok(Math.abs(a - b) < within, `${a} is not ${b}`);
}

Deno.test("LogisticModel() without features tells the share, and how sure that is", () => {
  const { probability, logit, standardDeviation } = new LogisticModel(rowsOf([], 40, 30), 0, 1)
    .predict([]);

  close(probability, 0.75);
  close(logit, Math.log(3));
  // 1 ÷ (n·p·(1 − p)) is the variance of a logit.
  close(standardDeviation, Math.sqrt(1 / (40 * 0.75 * 0.25)));
});

Deno.test("LogisticModel() tells shares of what has a feature, nearly, when held weakly", () => {
  const rows = [...rowsOf([0], 100, 20), ...rowsOf([1], 50, 40)];
  const model = new LogisticModel(rows, 2, 1e-6);

  close(model.probabilityOf([0]), 0.2, 1e-4);
  close(model.probabilityOf([1]), 0.8, 1e-4);
  close(model.predict([0, 1]).probability, model.probabilityOf([1]), 1e-12);
});

Deno.test("LogisticModel() is where the slope of its objective is nil", () => {
  const rows = [...rowsOf([0, 1], 30, 4), ...rowsOf([1], 20, 12), ...rowsOf([0], 10, 9)];
  const ridge = 2, { weights } = new LogisticModel(rows, 2, ridge);

  for (const place of [1, 2]) {
    const slope = rows.filter(({ features }) => features.includes(place - 1)).reduce(
      (sum, { features, n, good }) => {
        const logit = weights[0]! + features.reduce((all, i) => all + weights[i + 1]!, 0);
        return sum + good - n * sigmoid(logit);
      },
      -ridge * weights[place]!,
    );
    close(slope, 0);
  }
});

Deno.test("LogisticModel() is the same of rows that are added up, and wherever it begins", () => {
  const rows = [...rowsOf([0, 1], 30, 4), ...rowsOf([1], 20, 12), ...rowsOf([], 10, 9)];
  const single = rows.flatMap(({ features, n, good }) =>
    Array.from({ length: n }, (_, i) => ({ features, n: 1, good: i < good ? 1 : 0 }))
  );
  const { weights } = new LogisticModel(rows, 2, 1);
  const others = [
    new LogisticModel(single, 2, 1),
    new LogisticModel(rows, 2, 1, Float64Array.of(-3, 4, 5)),
  ];

  for (const other of others) weights.forEach((weight, i) => close(other.weights[i]!, weight));
});

Deno.test("LogisticModel() stays finite where a feature tells everything", () => {
  const model = new LogisticModel([...rowsOf([0], 500, 500), ...rowsOf([1], 500, 0)], 2, 1);

  assert.ok(model.probabilityOf([0]) > 0.97);
  assert.ok(model.weights.every((weight) => Math.abs(weight) < 10));
  assert.ok(Number.isFinite(model.predict([1, 0]).standardDeviation));
});

Deno.test("sigmoid() is symmetric, and certain far out", () => {
  close(sigmoid(2) + sigmoid(-2), 1);
  assert.deepEqual([sigmoid(0), sigmoid(1000), sigmoid(-1000)], [0.5, 1, 0]);
});
