/** Tests of `capture/claude_code/own_words.ts`. */

import assert from "node:assert/strict";
import { OWN_WORDS } from "../../../capture/claude_code/own_words.ts";
import { readSafeText } from "../../../core/privacy.ts";

Deno.test("OWN_WORDS.has() knows what its parsers write, and no word that is not safe", () => {
  const some = [
    "acceptEdits",
    "compact",
    "Explore",
    "text_not_found",
    "PostToolUse",
    "whole",
    "test",
    "xhigh",
  ];

  assert.deepEqual(some.filter((word) => !OWN_WORDS.has(word)), []);
  assert.deepEqual([...OWN_WORDS].filter((word) => readSafeText(word) === undefined), []);
});
