/** Tests of `core/input_kinds.ts`. */

import assert from "node:assert/strict";
import { EVENT_TYPES } from "../../core/event.ts";
import { INPUT_KINDS, PROMPT_KINDS } from "../../core/input_kinds.ts";
import { INPUT_NAMES } from "../../core/session_counts.ts";

Deno.test("INPUT_KINDS() has a number for every name, and prompts are among them", () => {
  assert.deepEqual(INPUT_KINDS.map((kind) => EVENT_TYPES[kind]), Object.keys(INPUT_NAMES));
  assert.deepEqual(PROMPT_KINDS.map((kind) => EVENT_TYPES[kind]), [
    "user_prompt",
    "queued_prompt",
  ]);
  assert.ok(PROMPT_KINDS.every((kind) => INPUT_KINDS.includes(kind)));
});
