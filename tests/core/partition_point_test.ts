/** Tests of `core/partition_point.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { partitionPoint } from "../../core/partition_point.ts";

Deno.test("partitionPoint() counts what is before a place, as going through all does", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.nat({ max: 21 }), (numbers, bound) => {
      const sorted = numbers.toSorted((a, b) => a - b);

      assert.equal(
        partitionPoint(sorted, (value) => value < bound),
        sorted.filter((value) => value < bound).length,
      );
    }),
  );
});
