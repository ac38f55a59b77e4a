/** Tests of `core/insights/surely_over.ts`. */

import assert from "node:assert/strict";
import { surelyOver } from "../../../core/insights/surely_over.ts";

Deno.test("surelyOver() wants the whole interval over the share", () => {
  assert.equal(surelyOver(3, 4, 0.5), false);
  assert.equal(surelyOver(30, 40, 0.5), true);
  assert.equal(surelyOver(20, 40, 0.5), false);
  assert.equal(surelyOver(0, 0, 0), false);
});
