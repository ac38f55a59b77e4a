/** Tests of rows that become one. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { Group } from "../../../core/anonymous/group.ts";

function groupOf(
  rows: readonly (readonly [unit: string, word: string, number: number])[],
): Group {
  const group = new Group();
  for (const [unit, word, number] of rows) {
    group.add({ unit, categories: ["same", word], numbers: Float64Array.of(number, 0) });
  }
  return group;
}

Deno.test("cells() are what all have in common, and means", () => {
  const group = groupOf([["1", "a", 10], ["2", "a", 30], ["2", "a", 20]]);

  deepEqual(group.cells(), ["same", "a", 20, 0]);
  equal(group.units.size, 2);
  equal(group.rows, 3);
});

Deno.test("cells() say nothing where rows disagree, or one tells nothing", () => {
  deepEqual(groupOf([["1", "a", 1], ["2", "b", NaN]]).cells(), ["same", null, null, 0]);
  // A third that agrees with the first brings nothing back.
  deepEqual(groupOf([["1", "a", 1], ["2", "b", NaN], ["3", "a", 1]]).cells()[1], null);
});

Deno.test("join() makes of two groups what their rows would have made", () => {
  const one = groupOf([["1", "a", 10], ["2", "a", 20]]);
  const joined = groupOf([["2", "a", 30], ["3", "b", 40]]);
  joined.join(one);

  deepEqual(joined.cells(), ["same", null, 25, 0]);
  deepEqual([...joined.units].sort(), ["1", "2", "3"]);
  equal(joined.rows, 4);
  equal(one.rows, 2);
});

Deno.test("cells() hold three digits, rounded by chance to either side", () => {
  const values = Array.from({ length: 200 }, () => groupOf([["1", "a", 12345]]).cells()[2]);

  deepEqual([...new Set(values)].sort(), [12300, 12400]);
  const mean = values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
  ok(Math.abs(mean - 12345) < 30, `${mean}`);
});
