/** Tests of `core/reports/report_choices.ts`: the words that are promised to users. */

import assert from "node:assert/strict";
import {
  ACCEPTANCE_DIMENSIONS,
  GROUPINGS,
  SESSION_SORTS,
  SORT_ORDERS,
} from "../../../core/reports/report_choices.ts";

Deno.test("GROUPINGS() are all those of the contract", () => {
  const promised =
    "model tool mode project platform extension hour hour-of-day day week month weekday";
  assert.deepEqual([...GROUPINGS].toSorted(), promised.split(" ").toSorted());
});

Deno.test("SESSION_SORTS() and the other choices are words of an option, each but once", () => {
  for (const words of [GROUPINGS, ACCEPTANCE_DIMENSIONS, SESSION_SORTS, SORT_ORDERS]) {
    assert.equal(new Set<string>(words).size, words.length);
    for (const word of words) assert.match(word, /^[a-z]+(-[a-z]+)*$/);
  }
});
