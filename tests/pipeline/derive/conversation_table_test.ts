/** Tests of `pipeline/derive/conversation_table.ts`; its properties have a file of their own. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { openParts, type Parts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const SECOND_MS = 1000;

Deno.test("ConversationTable.derive() ends a turn with the last answer in it", async () => {
  const { turns, conversations } = await derive([
    makePrompt({ id: "p1", at: at(0) }),
    makeResponse({ id: "m1", at: at(2) }),
    makeToolUse({ id: "u1", use: "u1", at: at(3) }),
    makeToolResult({ id: "r1", use: "u1", outcome: "failed", at: at(9) }),
    makePrompt({ id: "p2", at: at(60) }),
    makeResponse({ id: "m2", at: at(61) }),
  ]);

  assert.deepEqual(turns, [
    { seconds: 9, responses: 1, tool_calls: 1, failed: 1, interrupted: 0 },
    { seconds: 1, responses: 1, tool_calls: 0, failed: 0, interrupted: 0 },
  ]);
  assert.deepEqual(conversations, [
    { session: "claude_code/s1", turns: 2, answered: 2, interrupted: 0, turn_ms: 10_000 },
  ]);
});

Deno.test("ConversationTable.derive() ends no turn with what a copy alone tells", async () => {
  const copy = (event: TelemetryEvent) => ({ ...event, sessionId: literal("s2") });
  const { turns } = await derive([
    makePrompt({ id: "p1", at: at(0) }),
    makeResponse({ id: "m1", at: at(2) }),
    makeToolUse({ id: "u1", use: "u1", at: at(3) }),
    copy(makeToolUse({ id: "u2", use: "u1", at: at(3600) })),
    copy(makeToolResult({ id: "r2", use: "u1", at: at(3630) })),
  ]);

  assert.deepEqual(turns.map(({ seconds, tool_calls }) => [seconds, tool_calls]), [[2, 1]]);
});

Deno.test("ConversationTable.derive() knows no length, when nothing answered", async () => {
  const { turns, conversations } = await derive([makePrompt({ id: "p1" })]);

  assert.equal(turns[0]!.seconds, null);
  assert.equal(conversations[0]!.turn_ms, null);
});

Deno.test("ConversationTable.derive() times nothing from a time that is none", async () => {
  const { turns, conversations } = await derive([
    makeEvent("user_prompt", { id: "p1", at: at(0) }, { untimed: true }),
    makeResponse({ id: "m1", at: at(5) }),
  ]);

  assert.deepEqual([turns[0]!.responses, turns[0]!.seconds], [1, null]);
  assert.equal(conversations[0]!.turns, 1);
});

Deno.test("ConversationTable.derive() counts no proposal as a call", async () => {
  const { turns } = await derive([
    makePrompt({ id: "p1", at: at(0) }),
    makeToolUse({ id: "u1", use: "u1", at: at(1) }),
    makeEvent("edit_proposal", { id: "e1", at: at(2) }, { tool_kind: literal("edit") }),
  ]);

  assert.equal(turns[0]!.tool_calls, 1);
});

Deno.test("ConversationTable.derive() begins a turn with all that a person types", async () => {
  const types = ["queued_prompt", "slash_command", "bash_input"] as const;
  const others = ["subagent_prompt", "interruption", "context_compact"] as const;
  const { turns } = await derive([
    ...types.map((type, i) => makeEvent(type, { id: type, at: at(i) })),
    ...others.map((type, i) => makeEvent(type, { id: type, at: at(10 + i) })),
  ]);

  assert.deepEqual(turns.map(({ interrupted }) => interrupted), [0, 0, 1]);
});

Deno.test("ConversationTable.derive() leaves out what sub-agents say and do", async () => {
  const { turns } = await derive([
    makePrompt({ id: "p1", at: at(0) }),
    makeResponse({ id: "m1", at: at(1) }),
    makeResponse({ id: "m2", at: at(5), sidechain: true }),
    makeToolUse({ id: "u1", use: "u1", at: at(6), sidechain: true }),
    makeToolResult({ id: "r1", use: "u1", at: at(7), sidechain: true }),
  ]);

  assert.deepEqual([turns[0]!.seconds, turns[0]!.responses, turns[0]!.tool_calls], [1, 1, 0]);
});

Deno.test("ConversationTable.derive() counts no result that came in a later turn", async () => {
  const { turns } = await derive([
    makePrompt({ id: "p1", at: at(0) }),
    makeToolUse({ id: "u1", use: "u1", at: at(1) }),
    makeEvent("queued_prompt", { id: "q1", at: at(2) }),
    makeToolResult({ id: "r1", use: "u1", at: at(8) }),
  ]);

  assert.deepEqual(turns.map(({ seconds, tool_calls }) => [seconds, tool_calls]), [
    [null, 1],
    [null, 0],
  ]);
});

Deno.test("ConversationTable.derive() mends the turns around what came late", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fold(parts, [makePrompt({ id: "p1" }), makeResponse({ id: "m1", at: at(100) })]);
  await fold(parts, [
    makePrompt({ id: "p2", at: at(50) }),
    makeResponse({ id: "m2", at: at(10) }),
  ]);

  assert.deepEqual(rowsOf(parts).turns.map(({ seconds }) => seconds), [10, 50]);
});

Deno.test("ConversationTable.derive() gives a fork its own turns alone", async () => {
  const shared = [makePrompt({ id: "p1" }), makeResponse({ id: "m1", at: at(3) })];
  const { conversations } = await derive([
    makeEvent("activity", { id: "n1" }, { native_at: NOON }),
    ...shared,
    ...shared.map((event) => ({ ...event, sessionId: "fork" as typeof event.sessionId })),
  ]);

  assert.deepEqual(conversations.map(({ session, turns }) => [session, turns]), [
    ["claude_code/fork", 0],
    ["claude_code/s1", 1],
  ]);
});

Deno.test("ConversationTable.derive() takes back what another session told first", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fold(parts, [
    makePrompt({ id: "p1", session: "aa", at: at(0) }),
    makeResponse({ id: "m1", session: "aa", at: at(3) }),
    makePrompt({ id: "p2", session: "aa", at: at(50) }),
    makeResponse({ id: "m1", session: "zz", at: at(3) }),
  ]);
  const before = rowsOf(parts).turns;

  await fold(parts, [makeEvent("activity", { id: "n1", session: "zz" }, { native_at: at(3) })]);

  assert.deepEqual(before.map(({ seconds }) => seconds), [3, null]);
  assert.deepEqual(rowsOf(parts).turns.map(({ seconds }) => seconds), [null, null]);
});

Deno.test("ConversationTable.derive() makes no conversation of what is no session", async () => {
  const { conversations } = await derive([makeEvent("context_compact", { id: "k1" })]);

  assert.deepEqual(conversations, []);
});

for (const apartMs of [SECOND_MS, 0]) {
  const when = apartMs === 0 ? "in one moment" : "one after another";
  Deno.test(`ConversationTable.derive() ends, when hundreds of prompts came ${when}`, async () => {
    const prompts = Array.from(
      { length: 450 },
      (_, i) => makePrompt({ id: `p${i}`, at: NOON + i * apartMs }),
    );
    const { turns, conversations } = await derive([
      ...prompts,
      makeResponse({ id: "m1", at: NOON + 500 * SECOND_MS }),
    ]);

    assert.equal(turns.length, 450);
    assert.equal(turns.filter(({ responses }) => responses === 1).length, 1);
    assert.equal(conversations[0]!.answered, 1);
  });
}

Deno.test("ConversationTable.derive() survives a clock that was set to another age", async () => {
  const { turns } = await derive([
    makePrompt({ id: "p1", at: -8.64e15 }),
    makeResponse({ id: "m1", at: 8.64e15 }),
  ]);

  assert.equal(turns[0]!.seconds, 2 ** 50 / 1000);
});

function at(seconds: number): number {
  return NOON + seconds * SECOND_MS;
}

async function derive(events: readonly TelemetryEvent[]) {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fold(parts, events);
  assert.deepEqual(parts.deadLetters(), []);
  return rowsOf(parts);
}

async function fold(parts: Parts, events: readonly TelemetryEvent[]): Promise<void> {
  inTransaction(parts.db, () => parts.fold.apply(events));
  await parts.deriveAll();
}

/** Turns in the order of time, without what names them. */
function rowsOf({ db }: Parts) {
  const { turns, conversations } = derivedRows(db);
  return {
    turns: turns.sort((a, b) => Number(a.started_at) - Number(b.started_at)).map((turn) => ({
      seconds: turn.duration_ms === null ? null : Number(turn.duration_ms) / 1000,
      responses: turn.responses,
      tool_calls: turn.tool_calls,
      failed: turn.failed,
      interrupted: turn.interrupted,
    })),
    conversations,
  };
}
