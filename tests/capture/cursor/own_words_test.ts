/** Tests of `capture/cursor/own_words.ts`. */

import assert from "node:assert/strict";
import { OWN_WORDS } from "../../../capture/cursor/own_words.ts";
import { readSafeText } from "../../../core/privacy.ts";

Deno.test("OWN_WORDS.has() knows what its parsers write, and no word that is not safe", () => {
  const some = ["agent", "generalPurpose", "afterFileEdit", "network"];

  assert.deepEqual(some.filter((word) => !OWN_WORDS.has(word)), []);
  assert.deepEqual([...OWN_WORDS].filter((word) => readSafeText(word) === undefined), []);
});
