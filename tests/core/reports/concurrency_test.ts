/** Tests of how many sessions were active at once. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type ActiveStretch,
  addOverlap,
  concurrencyOf,
  NO_OVERLAP,
  overlapOf,
} from "../../../core/reports/concurrency.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

Deno.test("concurrencyOf() tells the most, the average and the time of several", () => {
  assert.deepEqual(concurrencyOf(overlapOf([[1, 0, 10], [2, 5, 15], [3, 8, 9], [1, 30, 40]])), {
    most: 3,
    average: 1.24,
    busy_ms: 25,
    overlap_ms: 5,
  });
});

Deno.test("concurrencyOf() knows no average, when nothing lasted", () => {
  const nothing = { average: null, busy_ms: 0, overlap_ms: 0 };

  assert.deepEqual(concurrencyOf(NO_OVERLAP), { most: 0, ...nothing });
  assert.deepEqual(concurrencyOf(overlapOf([[1, 5, 5]])), { most: 1, ...nothing });
});

Deno.test("concurrencyOf() is what a count of every moment gives, in any order", () => {
  const stretch = fc.tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 12 }), (drawn) => {
      const stretches = drawn.map(([from, length], i): ActiveStretch => [i, from, from + length]);
      const counts = Array.from(
        { length: 60 },
        (_, at) => stretches.filter(([, from, to]) => from <= at && at < to).length,
      );
      const busy = counts.filter((count) => count > 0);

      const found = concurrencyOf(overlapOf(stretches));

      assert.equal(found.busy_ms, busy.length);
      assert.equal(found.overlap_ms, counts.filter((count) => count > 1).length);
      const sum = busy.reduce((all, count) => all + count, 0);
      assert.ok(Math.abs(found.average! - sum / busy.length) < 1e-4);
      // Two that touch are both there in that moment.
      assert.ok(found.most >= Math.max(...counts));
      assert.deepEqual(concurrencyOf(overlapOf(stretches.toReversed())), found);
    }),
    fcRuns(),
  );
});

Deno.test("addOverlap() is what the whole gives, wherever it is cut", () => {
  const stretch = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 20 }));
  const cuts = fc.uniqueArray(fc.integer({ min: -5, max: 70 }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), cuts, (drawn, places) => {
      const stretches = drawn.map(([from, length], i): ActiveStretch => [i, from, from + length]);
      const ends = [-10, ...places.toSorted((a, b) => a - b), 80];
      // As sessions are read of a period: what begins with its end is not in it.
      const parts = ends.slice(1).map((to, i) =>
        overlapOf(
          stretches.filter((one) => one[1] < to && one[2] >= ends[i]!)
            .map(([id, from, until]) => [id, Math.max(from, ends[i]!), Math.min(until, to)]),
        )
      );

      assert.deepEqual(parts.reduce(addOverlap, NO_OVERLAP), overlapOf(stretches));
    }),
    fcRuns(),
  );
});
