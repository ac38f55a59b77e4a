/** Tests of `capture/cursor/code_tracking.ts`: what tracked code tells. */

import assert from "node:assert/strict";
import { scoredCommit, trackedLines } from "../../../capture/cursor/code_tracking.ts";
import { privacy } from "./memory_state.ts";

Deno.test("trackedLines() tells nothing without a time", () => {
  const row = {
    source: null,
    fileExtension: null,
    requestId: null,
    conversationId: null,
    model: null,
    lines: 0,
    firstAt: 0,
  };

  assert.deepEqual(trackedLines(row, privacy), []);
});

Deno.test("scoredCommit() tells nothing of no commit", () => {
  assert.deepEqual(scoredCommit({}, privacy), []);
});
