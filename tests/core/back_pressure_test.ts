/** Tests of the levels of back-pressure. */

import assert from "node:assert/strict";
import { PRESSURE, pressureLevel, worseLevel } from "../../core/back_pressure.ts";

Deno.test("pressureLevel() begins each level at its threshold", () => {
  const { yellow, orange, red } = PRESSURE.events;
  const depths = [0, yellow - 1, yellow, orange - 1, orange, red - 1, red];

  assert.deepEqual(depths.map((depth) => pressureLevel(depth, PRESSURE.events)), [
    "green",
    "green",
    "yellow",
    "yellow",
    "orange",
    "orange",
    "red",
  ]);
});

Deno.test("worseLevel() gives the worse one, in either order", () => {
  assert.equal(worseLevel("green", "orange"), "orange");
  assert.equal(worseLevel("red", "yellow"), "red");
  assert.equal(worseLevel("green", "green"), "green");
});
