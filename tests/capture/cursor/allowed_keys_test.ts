/** Tests of `capture/cursor/allowed_keys.ts`: what is read of the databases, and what never. */

import { equal } from "node:assert/strict";
import { ALLOWED_KEYS, isAllowed } from "../../../capture/cursor/allowed_keys.ts";

Deno.test("isAllowed() lets through the keys of conversations and counters", () => {
  for (
    const [table, key] of [
      ["ItemTable", "composer.composerHeaders"],
      ["ItemTable", "aiCodeTracking.dailyStats.v1.5.2026-03-01"],
      ["cursorDiskKV", "composerData:x"],
      ["cursorDiskKV", "bubbleId:x:y"],
      ["composerHeaders", "anything"],
    ] as const
  ) equal(isAllowed(table, key), true, key);
});

Deno.test("isAllowed() lets through no account, secret, content or interface state", () => {
  for (
    const [table, key] of [
      ["ItemTable", "cursorAuth/accessToken"],
      ["ItemTable", "secret://x"],
      ["ItemTable", "composer.composerDataX"],
      ["ItemTable", "history.entries"],
      ["cursorDiskKV", "agentKv:blob:x"],
      ["cursorDiskKV", "composer.content.x"],
      ["cursorDiskKV", "checkpointId:x"],
    ] as const
  ) equal(isAllowed(table, key), false, key);
});

Deno.test("ALLOWED_KEYS() has no empty prefix, but for the table of composers", () => {
  for (const table of ["ItemTable", "cursorDiskKV"] as const) {
    equal(ALLOWED_KEYS[table].prefixes.every((prefix) => prefix.length > 5), true);
  }
});
