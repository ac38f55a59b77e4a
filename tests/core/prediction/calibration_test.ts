/** Tests of `core/prediction/calibration.ts`. */

import assert from "node:assert/strict";
import { calibrationOf, type Foretold, lossOf } from "../../../core/prediction/calibration.ts";

function foretold(
  session: number,
  probability: number,
  labels: readonly (0 | 1)[],
  baseRate = 0.5,
): Foretold[] {
  return labels.map((good) => ({ session, probability, baseRate, n: 1, good }));
}

Deno.test("calibrationOf() scores by hand", () => {
  const scores = calibrationOf([...foretold(1, 0.9, [1, 0]), ...foretold(2, 0.25, [0])]);

  assert.deepEqual([scores.n, scores.sessions], [3, 2]);
  assert.ok(Math.abs(scores.brier - (0.01 + 0.81 + 0.0625) / 3) < 1e-12);
  assert.ok(Math.abs(scores.brierOfBaseRate - 0.25) < 1e-12);
  assert.ok(Math.abs(scores.skill! - (1 - scores.brier / 0.25)) < 1e-12);
  const logLoss = -(Math.log(0.9) + Math.log(0.1) + Math.log(0.75)) / 3;
  assert.ok(Math.abs(scores.logLoss - logLoss) < 1e-12);
  // |2·0.9 − 1| ÷ 3 and |0.25 − 0| ÷ 3.
  assert.ok(Math.abs(scores.expectedCalibrationError - (0.8 + 0.25) / 3) < 1e-12);
  assert.deepEqual(scores.bins, [
    { from: 0.2, to: 0.3, n: 1, predicted: 0.25, hits: 0 },
    { from: 0.9, to: 1, n: 2, predicted: 0.9, hits: 1 },
  ]);
});

Deno.test("calibrationOf() knows no error of what is right, and no skill of a base rate", () => {
  const right = calibrationOf(foretold(1, 0.75, [1, 1, 1, 0], 0.75));

  assert.deepEqual([right.expectedCalibrationError, right.skill], [0, 0]);
  assert.equal(right.difference.value, 0);
});

Deno.test("calibrationOf() is surer of many sessions than of many edits in few", () => {
  const widthOf = (cases: readonly Foretold[]) => {
    const { low, high } = calibrationOf(cases).difference;
    return high! - low!;
  };
  const good: (0 | 1)[] = [1, 1, 1, 1], bad: (0 | 1)[] = [0, 0, 0, 0];
  const few = [foretold(1, 0.8, [...good, ...good]), foretold(2, 0.8, [...bad, ...bad])].flat();
  const many = [good, bad, good, bad].flatMap((labels, i) => foretold(i, 0.8, labels));

  assert.ok(widthOf(many) < widthOf(few));
});

Deno.test("calibrationOf() knows no interval of one session, and a certain error costs", () => {
  const { difference, logLoss, bins } = calibrationOf(foretold(1, 1, [0]));

  assert.deepEqual(difference, { value: 0.75, low: null, high: null });
  assert.ok(Number.isFinite(logLoss) && logLoss > 20);
  assert.deepEqual(bins.map(({ from, to }) => [from, to]), [[0.9, 1]]);
});

Deno.test("calibrationOf() is the same of cases that are added up", () => {
  const single = [foretold(1, 0.9, [1, 0, 1]), foretold(2, 0.25, [0, 0])].flat();
  const added = [
    { session: 1, probability: 0.9, baseRate: 0.5, n: 3, good: 2 },
    { session: 2, probability: 0.25, baseRate: 0.5, n: 2, good: 0 },
  ];
  const rounded = (cases: readonly Foretold[]) =>
    JSON.stringify(
      calibrationOf(cases),
      (_, value) => typeof value === "number" ? Math.round(value * 1e9) / 1e9 : value,
    );

  assert.equal(rounded(added), rounded(single));
});

Deno.test("lossOf() is what was thought of what came true", () => {
  const loss = lossOf({ probability: 0.8, n: 3, good: 2 });

  assert.ok(Math.abs(loss + 2 * Math.log(0.8) + Math.log(0.2)) < 1e-12);
});
