/** Tests of `core/reports/running.ts`: what goes on now. */

import assert from "node:assert/strict";
import { readRunning } from "../../../core/reports/running.ts";
import type { SafeText } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

const MINUTE_MS = 60_000;

Deno.test("readRunning() tells which sessions run, and what they wait for", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "old", at: NOON - 11 * MINUTE_MS }),
    makePrompt({ id: "p2", session: "idle", at: NOON - 2 * MINUTE_MS }),
    makePrompt({ id: "p3", session: "busy", at: NOON - MINUTE_MS, project: ONE }),
    makeResponse({ id: "r3", session: "busy", at: NOON - 50_000, output: 1000, stop: null }),
    makeToolUse({ id: "u1", use: "t1", session: "busy", at: NOON - 40_000, tool: "Read" }),
    makeToolResult({ id: "v1", use: "t1", session: "busy", at: NOON - 39_000 }),
    makeToolUse({ id: "u2", use: "t2", session: "busy", at: NOON - 30_000, tool: "Bash" }),
  ]);

  const { sessions } = readRunning(home.db, NOON);

  assert.deepEqual(
    sessions.map((one) => [one.session_id, one.project_id, one.tool, one.tool_at]),
    [["busy", ONE, "Bash", NOON - 30_000], ["idle", null, null, null]],
  );
  assert.ok(sessions[0]!.cost_usd! > 0);
  assert.equal(sessions[1]!.cost_usd, null);
  assert.deepEqual(sessions.map((one) => one.cost_is_lower_bound), [true, null]);
  assert.deepEqual(readRunning(home.db, NOON + 20 * MINUTE_MS).sessions, []);
  assert.deepEqual(readRunning(home.db, NOON, { platform: "cursor" }).sessions, []);
});

Deno.test("readRunning() tells what the client says a person let run, and no rule", async () => {
  const call = (id: string, tool: string, at: number, decider: string) => {
    const result = makeToolResult({ id: `v${id}`, use: id, at: at + 1000 });
    const payload = { ...result.payload, decided_by: decider as SafeText };
    return [makeToolUse({ id: `u${id}`, use: id, at, tool }), { ...result, payload }];
  };
  await using home = await filledHome([
    makePrompt({ id: "p1", at: NOON - 5 * MINUTE_MS }),
    ...call("a", "Edit", NOON - 4 * MINUTE_MS, "person"),
    ...call("b", "Write", NOON - 3 * MINUTE_MS, "rule"),
  ]);

  assert.deepEqual(readRunning(home.db, NOON).decisions.map(({ kind, tool }) => [kind, tool]), [
    ["granted", "Edit"],
  ]);
});

Deno.test("readRunning() tells what people decided, the latest first", async () => {
  const call = (id: string, tool: string, at: number, outcome: string, modified = false) => {
    const result = makeToolResult({ id: `v${id}`, use: id, at: at + 1000, outcome });
    const payload = { ...result.payload, ...(modified ? { user_modified: true } : {}) };
    return [makeToolUse({ id: `u${id}`, use: id, at, tool }), { ...result, payload }];
  };
  await using home = await filledHome([
    makePrompt({ id: "p1", at: NOON - 5 * MINUTE_MS }),
    ...call("a", "Edit", NOON - 4 * MINUTE_MS, "rejected"),
    ...call("b", "Read", NOON - 3 * MINUTE_MS, "ok"),
    ...call("c", "Write", NOON - 2 * MINUTE_MS, "ok", true),
    {
      ...makeEvent("permission_request", { id: "q", at: NOON - MINUTE_MS + 1 }, {
        tool: "Bash" as SafeText,
      }),
      hookType: "PermissionRequest" as SafeText,
    },
    ...call("d", "Bash", NOON - MINUTE_MS, "ok"),
  ]);

  assert.deepEqual(readRunning(home.db, NOON).decisions.map(({ kind, tool }) => [kind, tool]), [
    ["granted", "Bash"],
    ["modified", "Write"],
    ["rejected", "Edit"],
  ]);
});
