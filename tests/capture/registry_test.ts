/** Tests of `capture/registry.ts`: which platforms there are, and how they are called. */

import { Gate } from "../../capture/gate.ts";
import assert from "node:assert/strict";
import {
  findPlatform,
  platformName,
  PLATFORMS,
  readHook,
  traceTables,
} from "../../capture/registry.ts";
import { readSafeText } from "../../core/privacy.ts";
import { plainPrivacy as privacy } from "./plain_source.ts";

Deno.test("findPlatform() takes every spelling that is promised", () => {
  for (const name of ["claude", "claude-code", "claude_code", "CLAUDE", "Claude-Code"]) {
    assert.equal(findPlatform(name)?.id, "claude_code", name);
  }
});

Deno.test("findPlatform() finds nothing, when no platform is called so", () => {
  for (const name of ["", "toString", "claude code", "vim"]) {
    assert.equal(findPlatform(name), undefined, name);
  }
});

Deno.test("findPlatform() finds each platform by its id and aliases, no two by one", () => {
  const names = PLATFORMS.flatMap(({ id, aliases }) => [id, ...aliases]);

  assert.equal(new Set(names).size, names.length);
  for (const platform of PLATFORMS) {
    assert.equal(findPlatform(platform.id), platform);
    assert.ok(platform.aliases.every((alias) => findPlatform(alias) === platform));
    assert.equal(readSafeText(platform.id), platform.id);
  }
});

Deno.test("platformName() is what people call a platform, or its id where there is none", () => {
  assert.equal(platformName("claude_code"), "Claude Code");
  assert.equal(platformName("cursor"), "Cursor");
  assert.equal(platformName("vim"), "vim");
});

Deno.test("traceTables() names a table for each platform, that readers cannot see", () => {
  const tables = traceTables();

  assert.equal(tables.claude_code, "claude_raw_traces");
  assert.deepEqual(Object.keys(tables), PLATFORMS.map(({ id }) => id));
  assert.equal(new Set(Object.values(tables)).size, PLATFORMS.length);
  for (const table of Object.values(tables)) assert.match(table, /^[a-z]+_raw_traces$/);
});

Deno.test("readHook() reads a payload as the caller's, whosever hook was called", async () => {
  const environment = { home: "/home/kim", get: () => undefined };
  const context = { environment, privacy, gate: new Gate() };
  const call = { session_id: "s", hook_event_name: "PostToolUse", tool_use_id: "toolu_1" };
  const cursors = { ...call, conversation_id: "c", cursor_version: "3.1.0" };
  const read = async (name: string, payload: unknown) =>
    (await readHook(findPlatform(name)!, payload, 0, context))
      .map(({ platform, sessionId, eventId }) => [platform, sessionId, eventId]);

  const own = [["cursor", "c", "hook:postToolUse:toolu_1"]];
  assert.deepEqual(await read("claude-code", cursors), own);
  assert.deepEqual(await read("cursor", cursors), own);
  assert.deepEqual(await read("cursor", { ...cursors, hook_event_name: "postToolUse" }), own);
  assert.deepEqual(await read("claude-code", call), [
    ["claude_code", "s", "hook:PostToolUse:toolu_1"],
  ]);
});
