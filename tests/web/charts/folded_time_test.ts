/** Tests of `web/charts/folded_time.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { foldTime, type Interval } from "../../../web/charts/folded_time.ts";

const MINUTE_MS = 60_000;

Deno.test("foldTime() is even, where nothing has to be folded", () => {
  const { folds, x } = foldTime([0, 1000], [[0, 400], [500, 900]], 100);

  assert.deepEqual(folds, []);
  assert.deepEqual([0, 250, 1000, 2000].map(x), [0, 25, 100, 100]);
});

Deno.test("foldTime() folds long pauses, also at both ends", () => {
  const hour = 60 * MINUTE_MS, busy = [[hour, 2 * hour], [5 * hour, 6 * hour]] as const;
  const { folds, x } = foldTime([0, 9 * hour], busy, 1000);

  assert.deepEqual(folds.map(({ from, to }) => [from / hour, to / hour]), [[0, 1], [2, 5], [
    6,
    9,
  ]]);
  assert.ok(Math.abs((x(2 * hour) - x(hour)) - 470) < 1e-6);
  assert.ok(Math.abs((x(6 * hour) - x(5 * hour)) - 470) < 1e-6);
  assert.ok(Math.abs(x(9 * hour) - 1000) < 1e-6);
});

Deno.test("foldTime() keeps an empty stretch even", () => {
  assert.deepEqual(foldTime([0, 3_600_000], [], 10).folds, []);
});

Deno.test("foldTime() never goes back, and stays on the axis", () => {
  fc.assert(fc.property(
    fc.array(fc.nat(100 * MINUTE_MS), { minLength: 2, maxLength: 20 }),
    fc.array(fc.nat(100 * MINUTE_MS), { maxLength: 10 }),
    (ends, asked) => {
      const sorted = ends.toSorted((a, b) => a - b);
      const busy = Array.from(
        { length: Math.floor(sorted.length / 2) },
        (_, i): Interval => [sorted[2 * i]!, sorted[2 * i + 1]!],
      );
      const { x } = foldTime([0, 100 * MINUTE_MS], busy, 1000);
      const places = asked.toSorted((a, b) => a - b).map(x);
      assert.deepEqual(places, places.toSorted((a, b) => a - b));
      assert.ok(places.every((place) => place >= 0 && place <= 1000 + 1e-6));
    },
  ));
});
