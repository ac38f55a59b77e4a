/** Tests of `pipeline/derive/told.ts`. */

import assert from "node:assert/strict";
import {
  compareKnown,
  greatestKnown,
  toldCount,
  toldFlag,
  toldSize,
  toldText,
} from "../../../pipeline/derive/told.ts";
import { makeEvent } from "../../helpers/events.ts";

const event = makeEvent("tool_result", { id: "a" }, {
  many: 2 ** 60,
  less: -3,
  part: 2.9,
  yes: true,
  number: 1,
});

Deno.test("toldCount() is a whole number that sums exactly, and 0 for what is none", () => {
  const counts = ["many", "less", "part", "yes", "missing"].map((name) => toldCount(event, name));

  assert.deepEqual(counts, [2 ** 33, 0, 2, 0, 0]);
});

Deno.test("toldSize() is null where no number is told", () => {
  const sizes = ["less", "part", "yes", "missing"].map((name) => toldSize(event, name));

  assert.deepEqual(sizes, [0, 2, null, null]);
});

Deno.test("greatestKnown() is what is known, and the greater of both", () => {
  assert.deepEqual([greatestKnown(3, 5), greatestKnown(null, 0), greatestKnown(null, null)], [
    5,
    0,
    null,
  ]);
});

Deno.test("toldFlag() is 1 for true alone", () => {
  assert.deepEqual(["yes", "number", "missing"].map((name) => toldFlag(event, name)), [1, 0, 0]);
});

Deno.test("toldText() has a word for what is missing or no text", () => {
  assert.deepEqual([toldText(event, "number"), toldText(event, "missing", "x")], ["other", "x"]);
});

Deno.test("compareKnown() puts what is not known last", () => {
  assert.ok(compareKnown(3, null) < 0);
  assert.ok(compareKnown(null, 3) > 0);
  assert.equal(compareKnown(null, null), 0);
});
