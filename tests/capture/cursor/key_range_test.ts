/** Tests of `capture/cursor/key_range.ts`: ranges of keys. */

import assert from "node:assert/strict";
import { afterAll } from "../../../capture/cursor/key_range.ts";

Deno.test("afterAll() is the first text behind all that begin so", () => {
  assert.equal(afterAll("composerData:"), "composerData;");
  assert.ok("composerData:\uffff" < afterAll("composerData:"));
});
