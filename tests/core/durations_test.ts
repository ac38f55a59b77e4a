/** Tests of durations by bin. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  binnedPercentiles,
  binOf,
  joinBins,
  type Percentiles,
  timeOf,
} from "../../core/durations.ts";
import { percentilesOf } from "../../core/reports/latency.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const milliseconds = fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 2 ** 30 }), fc.nat(2 ** 33));

Deno.test("timeOf() is within one percent of all in its bin, and exact below 100 ms", () => {
  fc.assert(
    fc.property(milliseconds, (ms) => {
      const time = timeOf(binOf(ms));

      assert.ok(Math.abs(time - ms) <= (ms < 100 ? 0 : ms / 100), `${ms}: ${time}`);
    }),
    { numRuns: 20 * fcRuns().numRuns },
  );
});

Deno.test("binnedPercentiles() is within one percent of the true ones, however it was cut", () => {
  fc.assert(
    fc.property(fc.array(milliseconds, { minLength: 1, maxLength: 200 }), (times) => {
      const exact = percentilesOf(times)!;
      const binned = binnedPercentiles(times.map((ms) => [binOf(ms), 1]))!;

      assert.equal(binned.n, exact.n);
      for (const name of ["p50", "p95", "p99", "min", "max"] satisfies (keyof Percentiles)[]) {
        assert.ok(Math.abs(binned[name] - exact[name]) <= exact[name] / 100, `${name} ${times}`);
      }
      // Both are rounded to a millisecond.
      assert.ok(Math.abs(binned.mean - exact.mean) <= exact.mean / 100 + 1);
    }),
    fcRuns(),
  );
});

Deno.test("binnedPercentiles() adds up, and knows nothing of no times", () => {
  assert.deepEqual(binnedPercentiles([[binOf(10), 98], [binOf(20), 1], [binOf(0), 1]]), {
    p50: 10,
    p95: 10,
    p99: 10,
    min: 0,
    mean: 10,
    max: 20,
    n: 100,
  });
  assert.equal(binnedPercentiles([]), null);
});

Deno.test("joinBins() adds up what stands in several lists, the least first", () => {
  assert.deepEqual(joinBins([[2, 5, 3, 1], [-1, 4], [2, 1, 9000, 2]]), [
    -1,
    4,
    3,
    6,
    3,
    1,
    8997,
    2,
  ]);
  assert.deepEqual(joinBins([]), []);
});

Deno.test("joinBins() is the same, however many it joins at once", () => {
  const bins = fc.uniqueArray(fc.nat({ max: 3000 }), { minLength: 2, maxLength: 400 });
  fc.assert(
    fc.property(bins, (bins) => {
      const lists = bins.map((bin) => [bin - 1, bin + 1]);
      const sorted = bins.toSorted((a, b) => a - b);

      const wanted = sorted.flatMap((bin, i) => [bin - (sorted[i - 1] ?? 1), bin + 1]);
      assert.deepEqual(joinBins(lists), wanted);
      const parts = Map.groupBy(lists, ([bin]) => bin! % 9).values().map(joinBins);
      assert.deepEqual(joinBins([...parts]), wanted);
    }),
    fcRuns(),
  );
});
