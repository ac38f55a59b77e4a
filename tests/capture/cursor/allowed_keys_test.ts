/** Tests of `capture/cursor/allowed_keys.ts`: what is read, and what never is. */

import assert from "node:assert/strict";
import { isAllowed } from "../../../capture/cursor/allowed_keys.ts";

Deno.test("isAllowed() takes what is on the list", () => {
  for (const key of ["aiService.prompts", "aiCodeTracking.dailyStats.v1.5.2026-07-07"]) {
    assert.ok(isAllowed("ItemTable", key), key);
  }
  for (const key of ["composerData:1", "bubbleId:1:2", "codeBlockPartialInlineDiffFates:1:2"]) {
    assert.ok(isAllowed("cursorDiskKV", key), key);
  }
  assert.ok(isAllowed("composerHeaders", "1"));
});

Deno.test("isAllowed() takes no account, secret, code or key of another table", () => {
  const keys = [
    "cursorAuth/accessToken",
    "secret://extension",
    "mcpOAuth.state",
    "aiService.prompts2",
    "aiService",
    "composerData:1",
    "",
  ];
  for (const key of keys) assert.ok(!isAllowed("ItemTable", key), key);
  for (const key of ["agentKv:blob:1", "checkpointId:1", "composerData", "aiService.prompts"]) {
    assert.ok(!isAllowed("cursorDiskKV", key), key);
  }
});
