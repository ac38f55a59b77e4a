/** Tests of `pipeline/derive/permission_table.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal, type SafeText } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const call = [
  makeToolUse({ id: "u1", use: "u1", tool: "Write" }),
  makeToolResult({ id: "r1", use: "u1", at: NOON + 9000 }),
];

Deno.test("PermissionTable.isAsked() finds a request within a call, in any order", () => {
  const events = [...call, request(NOON + 3000)];
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 3 }), fc.boolean(), (told, apart) => {
      assert.deepEqual(fold(apart ? told.map((event) => [event]) : [told]), [1, 1, 1]);
    }),
    fcRuns(60),
  );
});

Deno.test("PermissionTable.isAsked() takes no request of another time, tool or session", () => {
  const others = [
    request(NOON - 60_000),
    request(NOON + 60_000),
    request(NOON + 3000, { tool: "Bash" }),
    request(NOON + 3000, { session: "s2" }),
  ];

  assert.deepEqual(fold([call, others]), [0, 0, 0]);
  assert.deepEqual(fold([others, call]), [0, 0, 0]);
});

Deno.test("PermissionTable.tell() knows a request once, however often a hook tells it", () => {
  assert.deepEqual(fold([call, [request(NOON + 10)], [request(NOON + 10)]]), [1, 1, 1]);
});

Deno.test("PermissionTable.opened() finds the request for a call of a hook, in any order", () => {
  const events = [prompt(NOON), request(NOON + 3000), ofHook("w1", NOON + 9000)];
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 3 }), fc.boolean(), (told, apart) => {
      assert.deepEqual(fold(apart ? told.map((event) => [event]) : [told]), [1, 1, 1]);
    }),
    fcRuns(60),
  );
});

Deno.test("PermissionTable.opened() takes no request before another end or prompt", () => {
  const events = [
    prompt(NOON),
    request(NOON + 3000),
    ofHook("w1", NOON + 9000),
    ofHook("w2", NOON + 9500),
    request(NOON + 10_000),
    prompt(NOON + 11_000),
    ofHook("w3", NOON + 12_000),
    request(NOON + 13_000, { tool: "Bash" }),
    ofHook("w4", NOON + 14_000),
    request(NOON + 15_000),
    ofHook("w5", NOON + 16_000),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 11 }), fc.nat(11), (told, cut) => {
      assert.deepEqual(fold([told.slice(0, cut), told.slice(cut)]), [2, 2, 2]);
    }),
    fcRuns(100),
  );
});

function prompt(at: number): TelemetryEvent {
  return { ...makePrompt({ id: `p${at}`, at }), hookType: literal("UserPromptSubmit") };
}

/** A call that a hook tells of when it has ended. */
function ofHook(use: string, at: number): TelemetryEvent {
  const event = makeToolUse({ id: `hook-${use}`, use, tool: "Write", mode: "default", at });
  return { ...event, hookType: literal("PostToolUse") };
}

function request(at: number, { tool = "Write", session = "s1" } = {}): TelemetryEvent {
  const id = `ask-${at}-${tool}-${session}`;
  const event = makeEvent("permission_request", { id, at, session }, { tool: tool as SafeText });
  return { ...event, hookType: "PermissionRequest" as SafeText };
}

/** Permission asked for, granted, and edits accepted by it. */
function fold(batches: readonly (readonly TelemetryEvent[])[]): unknown[] {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  const row = parts.db.prepare(
    `select sum(permission_asked) as asked, sum(permission_granted) as granted,
       sum(edits_accepted_by_permission) as accepted from tool_sums where tier = 0`,
  ).get()!;
  return [row.asked, row.granted, row.accepted];
}
