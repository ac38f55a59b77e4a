/** Tests of `pipeline/derive/metrics_fold.ts`, example by example. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import type { EventRecord, TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "../derived_rows.ts";
import { openParts, type Parts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const DAY_MS = 86_400_000;

Deno.test("MetricsFold.apply() counts a response once, of its last and greatest line", () => {
  const rows = fold([[
    makeResponse({ id: "l1", message: "m1", stop: null, input: 10, output: 3, cacheRead: 100 }),
    makeResponse({
      id: "l2",
      message: "m1",
      at: NOON + 900,
      input: 10,
      output: 70,
      cacheRead: 100,
    }),
  ]]);

  assert.equal(rows.responses.length, 1);
  const [sum] = rows.model_sums;
  assert.deepEqual(
    [sum?.tier, sum?.messages, sum?.messages_without_stop_reason, sum?.input, sum?.output],
    [0, 1, 0, 10, 70],
  );
  assert.equal(sum?.cache_read, 100);
});

Deno.test("MetricsFold.apply() splits the cache by its kinds, the rest being unsplit", () => {
  const rows = fold([[
    makeResponse({ id: "a", cacheCreation: 100, cacheCreation5m: 60, cacheCreation1h: 30 }),
    makeResponse({ id: "b", cacheCreation: 50 }),
  ]]);

  const { cache_creation, cache_creation_5m, cache_creation_1h, cache_creation_unsplit } = rows
    .model_sums[0]!;
  assert.deepEqual(
    [cache_creation, cache_creation_5m, cache_creation_1h, cache_creation_unsplit],
    [150, 60, 30, 60],
  );
});

Deno.test("MetricsFold.apply() counts a fork's copies once, for the same session always", () => {
  const lines = ["original", "a-fork"].flatMap((session) => [
    makeResponse({ id: "l1", session, message: "m1", output: 70 }),
    makeToolUse({ id: "u1", session, use: "u1" }),
    makeToolResult({ id: "r1", session, use: "u1", added: 5 }),
    makePrompt({ id: "p1", session }),
  ]);

  const rows = fold([lines]);
  const backwards = fold(lines.toReversed().map((event) => [event]));

  assert.deepEqual(rows, backwards);
  const sums = [...rows.model_sums, ...rows.tool_sums, ...rows.input_sums];
  assert.deepEqual(new Set(sums.map(({ session }) => session)), new Set(["claude_code/a-fork"]));
  assert.equal(sums.length, 12);
  assert.equal(rows.sessions.length, 2);
});

Deno.test("MetricsFold.apply() removes rows that became zero, when a fork appears", () => {
  const rows = fold([
    [makeResponse({ id: "l1", session: "b", message: "m1", output: 70 })],
    [makeResponse({ id: "l1", session: "a", message: "m1", output: 70 })],
  ]);

  assert.deepEqual(rows.model_sums.map(({ session }) => session), Array(4).fill("claude_code/a"));
});

Deno.test("MetricsFold.apply() moves a response, when an earlier line of it appears", () => {
  const rows = fold([
    [makeResponse({ id: "l2", message: "m1", at: NOON + 120_000, output: 70 })],
    [makeResponse({ id: "l1", message: "m1", at: NOON + 59_000, output: 3 })],
  ]);

  const minutes = rows.model_sums.filter(({ tier }) => tier === 60);
  assert.deepEqual(minutes.map(({ bucket, output }) => ({ bucket, output })), [
    { bucket: NOON, output: 70 },
  ]);
});

Deno.test("MetricsFold.apply() counts no tool call, while only its result is known", () => {
  const result = makeToolResult({ id: "r1", use: "u1", at: NOON + 5, added: 7 });

  const before = fold([[result]]);
  const after = fold([[result], [makeToolUse({ id: "u1", use: "u1", tool: "Write" })]]);

  assert.deepEqual([before.tool_calls.length, before.tool_sums.length], [1, 0]);
  const [sum] = after.tool_sums;
  assert.deepEqual([sum?.member, sum?.uses, sum?.ok, sum?.lines_added], ["Write", 1, 1, 7]);
});

Deno.test("MetricsFold.apply() counts every outcome of a tool call under its name", () => {
  const outcomes = ["ok", "failed", "rejected", "interrupted", "permission_denied", "odd"];
  const rows = fold([outcomes.flatMap((outcome, i) => [
    makeToolUse({ id: `u${i}`, use: `u${i}` }),
    makeToolResult({ id: `r${i}`, use: `u${i}`, outcome }),
  ])]);

  const { uses, ok, failed, rejected, interrupted, permission_denied } = rows.tool_sums[0]!;
  assert.deepEqual([uses, ok, failed, rejected, interrupted], [6, 1, 2, 1, 1]);
  assert.equal(permission_denied, 1);
});

Deno.test("MetricsFold.apply() counts inputs by kind, and nothing of other events", () => {
  const rows = fold([[
    makePrompt({ id: "a" }),
    makePrompt({ id: "b" }),
    makeEvent("slash_command", { id: "c" }),
    makeEvent("context_compact", { id: "d" }),
    makeEvent("turn_end", { id: "e" }),
    makeEvent("api_error", { id: "f" }),
    makeEvent("assistant_response", { id: "g" }, { synthetic: true }),
  ]]);

  const totals = rows.input_sums.filter(({ tier }) => tier === 0);
  assert.deepEqual(totals.map(({ count }) => count).sort(), [1, 1, 1, 2]);
  assert.deepEqual([rows.model_sums.length, rows.tool_sums.length], [0, 0]);
});

Deno.test("MetricsFold.apply() takes no sign of life for activity", () => {
  const sign = makeEvent("activity", { id: "a", at: NOON + 60_000 });

  const rows = fold([[makePrompt({ id: "p" }), sign]]);

  assert.deepEqual(rows.active_spans.map(({ from_at, to_at }) => [from_at, to_at]), [[
    NOON,
    NOON,
  ]]);
  assert.equal(rows.sessions[0]?.ended_at, NOON + 60_000);
});

Deno.test("MetricsFold.apply() counts nothing twice, when a hook tells it as well", () => {
  const told = [
    makePrompt({ id: "p1" }),
    makeToolUse({ id: "u1", use: "u1" }),
    makeToolResult({ id: "r1", use: "u1" }),
    makeEvent("context_compact", { id: "k1" }),
  ];
  const hookType = "Stop" as SafeText;
  const hooks = told.map((event) => ({
    ...event,
    eventId: `hook:${event.eventId}` as SafeText,
    hookType,
  }));
  const later = { ...makePrompt({ id: "hook:p2", at: NOON + 5000 }), hookType };

  const alone = fold([told]), both = fold([[...hooks, ...told, later]]);

  // A hook's prompt is kept beside the transcript's, and counts for nothing.
  const { 0: inputs = [], 1: beside = [] } = Object.groupBy(
    both.inputs!,
    (row) => Number(row.loose),
  );
  assert.deepEqual(beside.map(({ kind }) => kind), [-1, -1]);
  const { sessions: [session], active_spans: [span], ...rows } = { ...both, inputs };
  const { sessions: [sessionAlone], active_spans: [spanAlone], ...rowsAlone } = alone;
  assert.deepEqual(rows, rowsAlone);
  assert.deepEqual(session, { ...sessionAlone, ended_at: NOON + 5000 });
  assert.deepEqual(span, { ...spanAlone, to_at: NOON + 5000 });
});

Deno.test("MetricsFold.apply() counts a call once, when hooks tell it with and without id", () => {
  const { payload, ...result } = makeToolResult({ id: "r1", use: "u1", at: NOON + 90 });
  const told = [
    makeToolUse({ id: "u1", use: "u1" }),
    { ...result, payload: { ...payload, lines_added: 4, lines_removed: 2 } },
  ];
  const hook = (id: string, more: EventRecord): TelemetryEvent => ({
    ...makeEvent("tool_use", { id, at: NOON + 95 }, {
      tool: "Edit" as SafeText,
      lines_added: 3,
      ...more,
    }),
    hookType: "postToolUse" as SafeText,
  });
  const hooks = [hook("h1", { tool_use_id: "u1" as SafeText, success: true }), hook("h2", {})];

  for (const batches of [[told, hooks], [hooks, told], [[...hooks, ...told, ...hooks]]]) {
    const [sum] = fold(batches).tool_sums;
    assert.deepEqual([sum?.tier, sum?.uses, sum?.lines_added, sum?.lines_removed], [0, 1, 4, 2]);
  }
  const [alone] = fold([hooks]).tool_sums;
  assert.deepEqual([alone?.uses, alone?.lines_added], [1, 3]);
});

Deno.test("MetricsFold.apply() leaves nothing behind, when it throws in the middle", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const good = makeResponse({ id: "a", output: 5 });
  const broken = { ...makeResponse({ id: "b" }), timestamp: 0.5 };
  assert.throws(() => apply(parts, [good, broken]));
  parts.traces.forget();

  apply(parts, [good]);

  const [sum] = derivedRows(parts.db).model_sums;
  assert.deepEqual([sum?.messages, sum?.output], [1, 5]);
});

Deno.test("MetricsFold.apply() keeps no fine tiers of what is long ago", () => {
  const rows = fold([[
    makePrompt({ id: "a", at: NOON - 2 * DAY_MS }),
    makePrompt({ id: "b", at: NOON - 20 * DAY_MS }),
  ]]);

  assert.deepEqual(rows.input_sums.map(({ tier }) => tier).sort(), [0, 300, 900, 900]);
});

Deno.test("MetricsFold.expire() deletes what the fine tiers keep no longer", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  apply(parts, [makePrompt({ id: "a" }), makeResponse({ id: "b" })]);
  apply(parts, [makeToolUse({ id: "c", use: "c" })]);

  parts.clock.advance(2 * DAY_MS);
  parts.fold.expire();

  const rows = derivedRows(parts.db);
  for (const sums of [rows.input_sums, rows.model_sums, rows.tool_sums]) {
    assert.deepEqual(sums.map(({ tier }) => tier).sort(), [0, 300, 900]);
  }
});

/** What batches of events leave in a new database. */
function fold(batches: readonly (readonly TelemetryEvent[])[]): DerivedRows {
  using folder = tempDatabase();
  using parts = openParts(folder.path, new VirtualClock(NOON));
  for (const batch of batches) apply(parts, batch);
  return derivedRows(parts.db);
}

function apply(parts: Parts, events: readonly TelemetryEvent[]): void {
  inTransaction(parts.db, () => parts.fold.apply(events));
}
