/** Tests of `core/reports/rate_difference.ts`. */

import assert from "node:assert/strict";
import { rateDifference } from "../../../core/reports/rate_difference.ts";
import { type Rate, wilsonRate } from "../../../core/reports/rates.ts";

function rate(hits: number, n: number): Rate {
  return wilsonRate(hits, n)!;
}

Deno.test("rateDifference() is Newcombe's interval, by his own example", () => {
  // 56 of 70 against 48 of 80: table II of the paper, method 10.
  const { value, low, high, clear } = rateDifference(rate(56, 70), rate(48, 80));

  assert.deepEqual([value, low.toFixed(4), high.toFixed(4), clear], [
    0.2,
    "0.0524",
    "0.3339",
    true,
  ]);
});

Deno.test("rateDifference() is not clear of few, and turns with its sides", () => {
  const { value, low, high, clear } = rateDifference(rate(3, 5), rate(1, 5));
  const turned = rateDifference(rate(1, 5), rate(3, 5));

  assert.equal(clear, false);
  assert.deepEqual([turned.value, turned.low, turned.high], [-value, -high, -low]);
});
