/** Tests of `pipeline/derive/exported_table.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { EventRecord, TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { answering, exportedEvents, makeExported, makeRequest } from "../../helpers/exports.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const session = "s1";
const EVENTS: readonly TelemetryEvent[] = [
  makePrompt({ id: "p1", session }),
  answering("req-1", makeResponse({ id: "m1", session, input: 10, output: 20 })),
  makeToolUse({ id: "u1", session, use: "u1", tool: "Edit" }),
  makeToolResult({ id: "r1", session, use: "u1", at: NOON + 5000 }),
  makeRequest({ id: "x0", session, at: NOON }, { request_id: "req-1", ttft_ms: 90 }),
  makeRequest({ id: "x9", session, at: NOON + 1 }, { request_id: "req-1" }, "span"),
  makeExported("tool_run", { id: "x8", session, at: NOON + 4000 }, {
    tool_use_id: "u1",
    tool: "Edit",
    success: true,
    duration_ms: 7,
  }),
  ...exportedEvents(session, NOON + 2000),
];
const FAR_MS = 3_600_000;
/** Lines that tell an account in part, and exports that do: of it, of another time and session. */
const ACCOUNTED: readonly TelemetryEvent[] = [
  answering("q", tellingOf("a1", { skill: literal("review") })),
  answering("q", makeResponse({ id: "l2", message: "a1", session, at: NOON + 5, output: 9 })),
  answering("far", makeResponse({ id: "a2", session, at: NOON + FAR_MS })),
  answering("q2", makeResponse({ id: "a3", session: "s2" })),
  makeRequest({ id: "y1", session, at: NOON }, { request_id: "q", skill: "z", effort: "low" }),
  makeRequest({ id: "y2", session, at: NOON + 9 }, { request_id: "q", effort: "high" }),
  makeRequest(
    { id: "y3", session, at: NOON },
    { request_id: "q", effort: "max", agent_type: "Explore" },
    "span",
  ),
  makeRequest({ id: "y4", session, at: NOON }, { request_id: "far", effort: "low" }),
  makeRequest({ id: "y5", session, at: NOON }, { request_id: "q2", effort: "low" }),
];

/** A line of a response that tells more than its tokens. */
function tellingOf(id: string, told: EventRecord): TelemetryEvent {
  const event = makeResponse({ id: `${id}-l`, message: id, session });
  return { ...event, payload: { ...event.payload, ...told } };
}

/** Rows of one order, cut into batches. */
function rowsOf(batches: readonly (readonly TelemetryEvent[])[]) {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  return derivedRows(parts.db);
}

Deno.test("ExportedTable() derives the same of any order, batches and repetition", () => {
  const events = [...EVENTS, ...ACCOUNTED];
  const wanted = rowsOf([events]), twice = [...events, ...events];
  const orders = fc.tuple(
    fc.shuffledSubarray(twice, { minLength: twice.length }),
    fc.nat(twice.length),
    fc.nat(twice.length),
  );
  fc.assert(
    fc.property(orders, ([told, ...cuts]) => {
      const [first = 0, second = 0] = cuts.sort((a, b) => a - b);
      const batches = [told.slice(0, first), told.slice(first, second), told.slice(second)];
      assert.deepEqual(rowsOf(batches), wanted);
    }),
    fcRuns(10),
  );
});

Deno.test("ExportedTable.completeResponse() fills in an account that no line tells", () => {
  const { responses, attribution_sums: sums } = rowsOf([ACCOUNTED]);
  const told = responses.filter((row) => row.exported !== 0);
  const members = new Set(sums.map(({ member }) => member));

  assert.deepEqual(told.map((row) => [row.agent_type, row.skill, row.effort, row.exported]), [
    ["Explore", "review", "high", 9],
  ]);
  assert.deepEqual(members, new Set(["agent:Explore", "skill:review", "effort:high"]));
});

Deno.test("ExportedTable.completeResponse() changes nothing that transcripts tell", () => {
  const lines = ACCOUNTED.filter(({ metadata }) => metadata.exported === undefined);
  const exports = ACCOUNTED.filter(({ metadata }) => metadata.exported !== undefined);
  const alone = rowsOf([lines]);
  const wanted = (rows: ReturnType<typeof rowsOf>) => [rows.model_sums, rows.input_sums];
  fc.assert(
    fc.property(fc.subarray([...exports]), (kept) => {
      assert.deepEqual(wanted(rowsOf([kept, lines])), wanted(alone));
    }),
    fcRuns(5),
  );
});

Deno.test("ExportedTable.completeResponse() finds its request, whichever is first", () => {
  for (const batches of [[EVENTS], EVENTS.map((event) => [event]), [EVENTS.toReversed()]]) {
    using folder = tempDatabase();
    using parts = openParts(folder.path);
    for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
    const held = parts.db.prepare(
      "select count(*) as n from api_requests a join responses r on r.key = a.response",
    ).get();
    // The log record's, however often it is told, and the span's.
    assert.equal(held?.n, 2);
  }
});

Deno.test("ExportedTable.isLetRun() believes a person, by id or by tool and time", () => {
  const call = EVENTS.slice(0, 4);
  const decision = (told: Record<string, string>, at = NOON + 10) =>
    makeExported("tool_decision", { id: "d", session, at }, { decision: "accept", ...told });
  const by = (event: TelemetryEvent) => [asked([[...call, event]]), asked([[event], call])];

  assert.deepEqual(by(decision({ source: "user_temporary", tool: "Edit" })), [1, 1]);
  assert.deepEqual(by(decision({ source: "user_permanent", tool_use_id: "u1" })), [1, 1]);
  assert.deepEqual(by(decision({ source: "config", tool: "Edit" })), [0, 0]);
  assert.deepEqual(by(decision({ source: "user_temporary", tool: "Bash" })), [0, 0]);
  assert.deepEqual(
    by(decision({ source: "user_temporary", tool: "Edit" }, NOON + 60_000)),
    [0, 0],
  );
});

function asked(batches: readonly (readonly TelemetryEvent[])[]): unknown {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  return parts.db.prepare("select sum(asked) as n from tool_calls").get()?.n;
}
