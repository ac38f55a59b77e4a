/** Tests of bars of text. */

import { equal } from "node:assert/strict";
import { barsOf } from "../../cli/bars.ts";

Deno.test("barsOf() is highest for the most, and lowest for nothing alone", () => {
  equal(barsOf([0, 1, 50, 1000]), "▁▂▂█");
  equal(barsOf([0, 4, 8]), "▁▅█");
  equal(barsOf([0, 4, 8], [".", "|", "#"]), ".|#");
});

Deno.test("barsOf() draws nothing where there is nothing", () => {
  equal(barsOf([]), "");
  equal(barsOf([0, 0]), "▁▁");
});
