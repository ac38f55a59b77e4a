/**
 * Properties of the metrics fold over made-up histories.
 *
 * Goal: whatever order events come in, in whatever batches, however often, all derived tables end
 * with the same rows, and the sums are those of a plain recount. Method: a made-up history is
 * folded twice, straight and shuffled with repetitions, and the tables are compared row by row.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
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
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { recount, sumRows } from "../recount.ts";
import { tempDatabase } from "../temp_database.ts";
import { history, inBatches, plainHistory, retold, retoldEdits } from "./histories.ts";

const MINUTE_MS = 60_000;

Deno.test("MetricsFold.apply() gives the same rows for any order, batching, repetition", () => {
  fc.assert(
    fc.property(retold, ({ events, again, order, batch }) => {
      const straight = fold([events]);
      const otherwise = fold(inBatches([...again, ...order], batch));

      assert.deepEqual(otherwise, straight);
    }),
    fcRuns(60),
  );
});

Deno.test("MetricsFold.apply() gives edits the same fates for any order and repetition", () => {
  fc.assert(
    fc.property(retoldEdits, ({ events, again, order, batch }) => {
      const straight = fold([events]);
      const otherwise = fold(inBatches([...again, ...order], batch));

      assert.deepEqual(otherwise, straight);
    }),
    fcRuns(20),
  );
});

Deno.test("MetricsFold.apply() gives the sums of a plain recount", () => {
  fc.assert(
    fc.property(plainHistory, fc.integer({ min: 1, max: 9 }), (events, batch) => {
      const rows = fold(inBatches(events, batch));

      const expected = recount(events, NOON);
      const models = ["messages", "messages_without_stop_reason", "input", "output"];
      assert.deepEqual(sumRows(rows.model_sums, [...models, "cache_read"]), expected.models);
      const tools = ["uses", "ok", "rejected", "lines_added"];
      assert.deepEqual(sumRows(rows.tool_sums, tools), expected.tools);
      const inputs = sumRows(rows.input_sums, ["count"], () => "user_prompt");
      assert.deepEqual(inputs, expected.inputs);
    }),
    fcRuns(60),
  );
});

Deno.test("MetricsFold.apply() gives the same rows, whenever time passes", () => {
  const days = fc.array(fc.nat({ max: 2 * 24 * 60 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(history, days, (events, pauses) => {
      const end = NOON + pauses.reduce((sum, pause) => sum + pause, 0) * MINUTE_MS;
      const size = Math.ceil(events.length / pauses.length);

      const slow = fold(inBatches(events, size), pauses.map((pause) => pause * MINUTE_MS));
      const late = fold([events], [end - NOON]);

      assert.deepEqual(slow, late);
    }),
    fcRuns(60),
  );
});

Deno.test("MetricsFold.apply() chooses alike between two models of one response", () => {
  const lines = ["claude-opus-4-5", "claude-haiku-4-5"].map((model, i) =>
    makeResponse({ id: `l${i}`, message: "m1", model, output: 5 })
  );

  assert.deepEqual(fold([lines.toReversed()]), fold([lines]));
});

Deno.test("MetricsFold.apply() chooses alike between two uses of one moment", () => {
  const uses = [true, false].map((sidechain) =>
    makeToolUse({ id: "u1", session: sidechain ? "s1" : "s2", use: "u1", sidechain })
  );

  assert.deepEqual(fold([uses.toReversed()]), fold([uses]));
});

for (const [original, fork] of [["aa", "zz"], ["zz", "aa"]] as const) {
  for (const goesOn of [true, false]) {
    const when = goesOn ? "that goes on" : "that is over";
    Deno.test(`MetricsFold.apply() leaves ${original}, ${when}, its own in any order`, () => {
      const past = (session: string) => [
        makePrompt({ id: "p1", session, at: NOON - 20 * MINUTE_MS }),
        makeResponse({ id: "m1", session, at: NOON - 19 * MINUTE_MS, output: 10 }),
      ];
      const ownOf = (session: string, at: number) => [
        makePrompt({ id: `p ${session}`, session, at }),
        makeResponse({ id: `m ${session}`, session, at, output: 20 }),
      ];
      const parts = [
        past(original),
        past(fork),
        goesOn ? ownOf(original, NOON - 18 * MINUTE_MS) : [],
        ownOf(fork, NOON),
      ];

      const orders = permutations(parts).map((order) => fold(order));
      const ends = [fold([parts.flat()]), ...orders];

      const [first] = ends;
      const owners = first!.responses.map(({ session }) => session).sort();
      const expected = [original, fork, ...(goesOn ? [original] : [])];
      assert.deepEqual(owners, expected.map((name) => `claude_code/${name}`).sort());
      for (const end of ends) assert.deepEqual(end, first);
    });
  }
}

Deno.test("MetricsFold.apply() chooses alike between forks, when results come first", () => {
  const at = NOON - 60_000;
  const events = [
    makeEvent("activity", { id: "n1", session: "s1" }, { native_at: NOON }),
    makeToolUse({ id: "u1", session: "s1", use: "u1" }),
    makeToolResult({ id: "r1", session: "s2", use: "u1", at }),
  ];
  const again = makeToolUse({ id: "u1", session: "s1", use: "u1" });

  assert.deepEqual(fold(inBatches([...events, again], 1)), fold([events]));
});

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, i) =>
    permutations(list.toSpliced(i, 1)).map((rest) => [first, ...rest])
  );
}

/** What batches leave in a new database, when before each but the first a pause passes. */
function fold(
  batches: readonly (readonly TelemetryEvent[])[],
  pausesMs: readonly number[] = [],
): DerivedRows {
  using folder = tempDatabase();
  using parts = openParts(folder.path, new VirtualClock(NOON));
  for (let i = 0; i < Math.max(batches.length, pausesMs.length); i++) {
    parts.clock.advance(pausesMs[i] ?? 0);
    parts.fold.expire();
    inTransaction(parts.db, () => parts.fold.apply(batches[i] ?? []));
  }
  return derivedRows(parts.db);
}
