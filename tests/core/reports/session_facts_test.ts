/** Tests of `core/reports/session_facts.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { literal } from "../../../core/privacy.ts";
import {
  FACT_QUERIES,
  readCallNotes,
  readCalls,
  readResponses,
} from "../../../core/reports/session_facts.ts";
import { TURNS_QUERY } from "../../../core/reports/session_turns.ts";
import { readWords } from "../../../core/words.ts";
import {
  keptNowhere,
  makeEvent,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

function numberOf(db: Database, session: string): number {
  return db.prepare("select id from sessions where session_id = ?").get(session)!.id as number;
}

Deno.test("readCalls() and all that reads a session ask an index", async () => {
  await using home = await filledHome();
  for (const sql of [...Object.values(FACT_QUERIES), TURNS_QUERY]) {
    const plan = home.db.prepare(`explain query plan ${sql}`).all(1)
      .map(({ detail }) => String(detail));
    assert.deepEqual(
      plan.filter((step) => !/^(SEARCH .* USING |CORRELATED )/.test(step)),
      [],
      sql,
    );
  }
  const [calls] = home.db.prepare(`explain query plan ${FACT_QUERIES.calls}`).all(1);
  assert.match(String(calls!.detail), /USING COVERING INDEX/);
});

Deno.test("readResponses() tells cost in millionths, and what is a lower bound", async () => {
  await using home = await filledHome();
  const moments = readResponses(home.db, numberOf(home.db, "alpha"))
    .toSorted((a, b) => a.at - b.at);
  assert.deepEqual(moments, [
    // 10 × 5 + 100 × 25 + 900 × 0.5 + 60 × 6.25 + 30 × 10
    { at: NOON + 10_000, micros: 3675, isLowerBound: false, tokens: 1100 },
    // 5 × 1 + 40 × 5 + 20 × 1.25
    { at: NOON + 70_000, micros: 230, isLowerBound: true, tokens: 65 },
  ]);
});

Deno.test("readResponses() knows no cost, where price or tokens are not known", async () => {
  await using home = await filledHome([
    keptNowhere({ id: "m1" }),
    makeResponse({ id: "m2", model: "mystery-1", stop: null, output: 9 }),
  ]);
  const moments = readResponses(home.db, numberOf(home.db, "s1"));
  for (const { micros, isLowerBound } of moments) {
    assert.deepEqual([micros, isLowerBound], [null, false]);
  }
  assert.deepEqual(moments.map(({ tokens }) => tokens).filter((tokens) => !tokens), [null]);
});

Deno.test("readCalls() leaves out what no call made, and other sessions", async () => {
  await using home = await filledHome([
    makeToolUse({ id: "u1", use: "u1", tool: "Bash", sidechain: true }),
    makeEvent("edit_proposal", { id: "e1" }, { tool_kind: literal("edit") }),
    makeToolUse({ id: "u2", use: "u2", session: "s2" }),
  ]);
  const calls = readCalls(home.db, numberOf(home.db, "s1"), readWords(home.db));
  assert.deepEqual(calls, [
    { at: NOON, tool: "Bash", isOfSubagent: true, durationMs: null, phase: "run" },
  ]);
});

Deno.test("readCallNotes() tells of calls about which was asked, and of searches", async () => {
  const searched = makeToolResult({ id: "r2", use: "u2", at: NOON + 5000 });
  const asking = makeEvent("permission_request", { id: "q1", at: NOON + 1000 }, {
    tool: literal("Bash"),
  });
  await using home = await filledHome([
    makeToolUse({ id: "u1", use: "u1", tool: "Bash" }),
    { ...asking, hookType: literal("PermissionRequest") },
    makeToolResult({ id: "r1", use: "u1", at: NOON + 2000 }),
    makeToolUse({ id: "u2", use: "u2", tool: "WebSearch", at: NOON + 4000 }),
    { ...searched, payload: { ...searched.payload, web_searches: 2 } },
    makeToolUse({ id: "u3", use: "u3", at: NOON + 6000 }),
  ]);
  const notes = readCallNotes(home.db, numberOf(home.db, "s1"))
    .toSorted((a, b) => a.at - b.at);
  assert.deepEqual(notes, [
    { at: NOON, wasAsked: true, searchMicros: 0 },
    { at: NOON + 4000, wasAsked: false, searchMicros: 20_000 },
  ]);
});
