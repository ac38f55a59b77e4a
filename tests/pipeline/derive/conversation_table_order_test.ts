/**
 * Properties of what the groups behind `metrics` derive, over made-up histories.
 *
 * Goal: turns, conversations and insights follow from the facts alone, whatever the order, the
 * batches and the moments at which they were derived. Method: a made-up history is folded straight
 * and shuffled with repetitions, with the groups at work after some of the batches; the tables are
 * compared row by row, and with turns that are made of all facts at once.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import { EVENT_TYPES, type EventType, type TelemetryEvent } from "../../../core/event.ts";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { type DerivedRows, derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";
import { inBatches, retold } from "./histories.ts";

const BEGINNINGS = ["user_prompt", "queued_prompt", "slash_command", "bash_input"] as const;

Deno.test("ConversationTable.derive() gives the same rows for any order, batching", async () => {
  await fc.assert(
    fc.asyncProperty(retold, fc.nat({ max: 3 }), async (told, pause) => {
      const { events, again, order, batch } = told;
      const straight = await derive([events], 0);
      const otherwise = await derive(inBatches([...again, ...order], batch), pause);

      assert.deepEqual(otherwise, straight);
    }),
    fcRuns(40),
  );
});

Deno.test("ConversationTable.derive() gives the turns of a plain recount", async () => {
  await fc.assert(
    fc.asyncProperty(retold, async ({ events, batch }) => {
      const rows = await derive(inBatches(events, batch), 1);

      assert.deepEqual(rows.turns.map(withoutOrder).sort(), recountTurns(rows).sort());
    }),
    fcRuns(40),
  );
});

Deno.test("InsightTable.derive() gives the same rows, whatever order calls come in", async () => {
  const outcomes = fc.array(fc.constantFrom("ok", "failed", "failed", "rejected"), {
    minLength: 3,
    maxLength: 12,
  });
  const shuffled = outcomes.chain((ends) => {
    const events = ends.flatMap((outcome, i) => {
      const place = { use: `u${i}`, at: NOON + i };
      return [
        makeToolUse({ ...place, id: `u${i}`, tool: "Bash" }),
        makeToolResult({ ...place, id: `r${i}`, outcome }),
      ];
    });
    const { length } = events;
    return fc.tuple(
      fc.constant(ends),
      fc.shuffledSubarray(events, { minLength: length, maxLength: length }),
    );
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ([ends, events]) => {
      const { insights } = await derive(inBatches(events, 3), 1);

      const longest = ends.map((_, i) => ends.slice(i).findIndex((end) => end !== "failed")).map((
        length,
        i,
      ) => length < 0 ? ends.length - i : length)
        .reduce((a, b) => Math.max(a, b));
      assert.deepEqual(
        insights.filter(({ kind }) => kind === "errors.repeated_failures")
          .map(({ count, n }) => [count, n]),
        longest >= 3 ? [[longest, ends.length]] : [],
      );
    }),
    fcRuns(40),
  );
});

/** What batches leave, when the groups work after each of some of them and at the end. */
async function derive(
  batches: readonly (readonly TelemetryEvent[])[],
  pause: number,
): Promise<DerivedRows> {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const [i, batch] of batches.entries()) {
    inTransaction(parts.db, () => parts.fold.apply(batch));
    if (pause > 0 && i % pause === 0) await parts.deriveAll();
  }
  await parts.deriveAll();
  return derivedRows(parts.db);
}

type Row = Record<string, unknown>;

/** Turns as the facts in the tables make them, by the words of the definition. */
function recountTurns(rows: DerivedRows): string[] {
  const { inputs, responses, tool_calls } = rows;
  const isKind = (row: Row, types: readonly EventType[]) =>
    types.includes(EVENT_TYPES[row.kind as number]!);
  return inputs.filter((row) => isKind(row, BEGINNINGS)).map((start) => {
    const at = Number(start.at);
    const own = (row: Row) => row.session === start.session;
    const rank = (row: Row) => [Number(row.at), Number(row.key)] as const;
    const later = inputs.filter((row) => own(row) && isKind(row, BEGINNINGS))
      .filter((row) => rank(row)[0] > at || rank(row)[0] === at && rank(row)[1] > rank(start)[1]);
    const next = Math.min(...later.map((row) => Number(row.at)));
    const within = (row: Row) => own(row) && Number(row.at) >= at && Number(row.at) < next;
    const said = responses.filter((row) => within(row) && row.side === 0);
    const called = tool_calls.filter((row) => within(row) && row.side === 0);
    const ends = [
      ...said.map((row) => Number(row.at)),
      ...called.filter((row) => isEndedHere(row, rows) && Number(row.resolved_at) < next)
        .map((row) => Math.max(at, Number(row.resolved_at))),
    ];
    const broken = inputs.some((row) => within(row) && isKind(row, ["interruption"]));
    const first = called.filter((row) => row.called === 1 && row.tool !== null)
      .map((row) => Number(row.at) - at);
    return withoutOrder({
      session: start.session,
      started_at: at,
      input: start.key,
      duration_ms: ends.length === 0 ? null : Math.max(...ends) - at,
      responses: said.length,
      tool_calls: called.filter((row) => row.tool !== null).length,
      failed: called.filter((row) => row.outcome === 1).length,
      first_call_ms: first.length === 0 ? null : Math.min(...first),
      interrupted: broken || called.some((row) => row.outcome === 3) ? 1 : 0,
    });
  });
}

/** Behind the last moment of its session only a copy of that tells of an end. */
function isEndedHere(call: Row, { sessions, shared_facts }: DerivedRows): boolean {
  if (call.resolved_at === null) return false;
  const session = sessions.find((row) => `${row.platform}/${row.session_id}` === call.session);
  const isLate = session?.ended_at != null && Number(call.resolved_at) > Number(session.ended_at);
  return !isLate || !shared_facts.some(({ kind, key }) => kind === 2 && key === call.key);
}

function withoutOrder(row: Row): string {
  return JSON.stringify(Object.entries(row).sort());
}
