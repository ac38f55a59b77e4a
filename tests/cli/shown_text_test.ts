/** Tests of `cli/shown_text.ts`. */

import { equal } from "node:assert/strict";
import { shownText } from "../../cli/shown_text.ts";

Deno.test("shownText() tells which of all are shown", () => {
  equal(shownText(0, 20, 56), "showing 1–20 of 56; -n 0 shows all");
  equal(shownText(40, 16, 56), "showing 41–56 of 56; -n 0 shows all");
  equal(shownText(55, 1, 56), "showing no. 56 of 56; -n 0 shows all");
});
