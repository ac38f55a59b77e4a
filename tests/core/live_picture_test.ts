/** Tests of what all live pictures have in common. */

import { deepEqual, equal } from "node:assert/strict";
import { ranked, RANKS_MAX } from "../../core/live_picture.ts";

Deno.test("ranked() sorts by score, then by name, and leaves out what has none", () => {
  deepEqual(ranked([["b", 1], ["none", 0], ["c", 2], ["a", 1]]), [["c", 2], ["a", 1], ["b", 1]]);
});

Deno.test("ranked() keeps the first hundred", () => {
  const ranks = ranked(Array.from({ length: 250 }, (_, i) => [`m${i}`, i + 1] as const));
  equal(ranks.length, RANKS_MAX);
  deepEqual([ranks[0], ranks.at(-1)], [["m249", 250], ["m150", 151]]);
});
