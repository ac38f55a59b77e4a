/** Tests of `cli/charts/scale.ts`: round ends, which no value exceeds. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { roundTop, scaleTexts, type Unit } from "../../../cli/charts/scale.ts";

Deno.test("roundTop() is round in the unit that people count in", () => {
  equal(roundTop(58.64, "usd"), 60);
  equal(roundTop(0.003, "usd"), 0.004);
  equal(roundTop(3, "count"), 4);
  equal(roundTop(1, "count"), 1);
  equal(roundTop(0, "count"), 1);
  equal(roundTop(0.7, "share"), 0.8);
  equal(roundTop(1, "share"), 1);
  equal(roundTop(95 * 60_000, "ms"), 100 * 60_000);
  equal(roundTop(5 * 3_600_000, "ms"), 6 * 3_600_000);
});

Deno.test("roundTop() is exceeded by nothing, and not far above it", () => {
  const units: Unit[] = ["count", "tokens", "usd", "ms"];
  fc.assert(
    fc.property(fc.constantFrom(...units), fc.integer({ min: 1, max: 1e12 }), (unit, most) => {
      const top = roundTop(most, unit);
      ok(top >= most && top <= most * 2 + 1000, `${unit} ${most}: ${top}`);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("scaleTexts() names the middle only where that is a true number", () => {
  deepEqual(scaleTexts(60, "usd"), ["$60.00", "$30.00", "$0.00"]);
  deepEqual(scaleTexts(1, "count"), ["1", "", "0"]);
  deepEqual(scaleTexts(4, "count"), ["4", "2", "0"]);
});
