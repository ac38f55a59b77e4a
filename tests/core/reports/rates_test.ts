/** Tests of `core/reports/rates.ts`: the Wilson score interval. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { wilsonRate } from "../../../core/reports/rates.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

Deno.test("wilsonRate() gives the intervals of the textbook", () => {
  // Newcombe (1998), Statistics in Medicine 17, table I: method 3.
  const known = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;

  for (const [hits, n, low, high] of known) {
    const rate = wilsonRate(hits, n)!;
    assert.equal(rate.low.toFixed(4), low.toFixed(4), `${hits} of ${n}`);
    assert.equal(rate.high.toFixed(4), high.toFixed(4), `${hits} of ${n}`);
  }
});

Deno.test("wilsonRate() is not known, when nothing was tried", () => {
  assert.equal(wilsonRate(0, 0), null);
});

Deno.test("wilsonRate() is as sure of a share as of its opposite", () => {
  const { low, high } = wilsonRate(3, 10)!, opposite = wilsonRate(7, 10)!;

  assert.ok(Math.abs(low - (1 - opposite.high)) < 2e-6);
  assert.ok(Math.abs(high - (1 - opposite.low)) < 2e-6);
});

Deno.test("wilsonRate() keeps the value within the interval, and both within 0 and 1", () => {
  fc.assert(
    fc.property(trials(), ([hits, n]) => {
      const rate = wilsonRate(hits, n)!;

      assert.equal(rate.n, n);
      assert.ok(0 <= rate.low && rate.low <= rate.value);
      assert.ok(rate.value <= rate.high && rate.high <= 1);
      assert.ok(Math.abs(rate.value - hits / n) <= 1e-6);
    }),
    fcRuns(),
  );
});

Deno.test("wilsonRate() is surer, when the same share rests on more trials", () => {
  fc.assert(
    fc.property(trials(), fc.integer({ min: 2, max: 50 }), ([hits, n], times) => {
      const few = wilsonRate(hits, n)!, many = wilsonRate(hits * times, n * times)!;

      assert.ok(many.high - many.low <= few.high - few.low + 2e-6);
    }),
    fcRuns(),
  );
});

/** Hits and a number of trials, at least as many. */
function trials(): fc.Arbitrary<readonly [number, number]> {
  return fc.integer({ min: 1, max: 1_000_000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
}
