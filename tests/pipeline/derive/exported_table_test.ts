/** Tests of `pipeline/derive/exported_table.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { answering, exportedEvents, makeExported, makeRequest } from "../../helpers/exports.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../fc_runs.ts";
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

/** Rows of one order, cut into batches. */
function rowsOf(batches: readonly (readonly TelemetryEvent[])[]) {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  return derivedRows(parts.db);
}

Deno.test("ExportedTable() derives the same of any order, batches and repetition", () => {
  const wanted = rowsOf([EVENTS]);
  const orders = fc.tuple(
    fc.shuffledSubarray([...EVENTS, ...EVENTS.slice(4)], { minLength: EVENTS.length * 2 - 4 }),
    fc.nat(EVENTS.length),
  );
  fc.assert(
    fc.property(orders, ([told, at]) => {
      assert.deepEqual(rowsOf([told.slice(0, at), told.slice(at)]), wanted);
    }),
    fcRuns(),
  );
});

Deno.test("ExportedTable.match() finds the response of a request, whichever is first", () => {
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
