/**
 * Properties of the metrics fold over made-up histories.
 *
 * Goal: whatever order events come in, in whatever batches, however often, all derived tables end
 * with the same rows, and the sums are those of a plain recount. Method: a history is a list of
 * lines over few messages, tool calls, prompts and sessions, so that forks, side chains, growing
 * outputs and late beginnings happen all the time; it is folded twice, straight and shuffled with
 * repetitions, and the tables are compared row by row.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
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
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { recount, sumRows } from "../recount.ts";
import { tempDatabase } from "../temp_database.ts";

const MINUTE_MS = 60_000;
const MODELS = ["claude-opus-4-5", "claude-haiku-4-5", "gpt-5"];
const TOOLS = ["Edit", "Bash", "Read"];

const few = fc.nat({ max: 3 });
const place = fc.record({
  session: fc.constantFrom("s1", "s2", "s0"),
  at: fc.oneof(
    fc.nat({ max: 30 }).map((n) => NOON - n * 20_000),
    fc.nat({ max: 12 * 24 * 60 }).map((n) => NOON - n * MINUTE_MS),
  ),
  project: fc.constantFrom("aa", "bb", undefined),
  version: fc.constantFrom("2.1.4", "2.1.5", undefined),
  undated: fc.constantFrom(undefined, undefined, true),
});

/** Lines of a response repeat its usage; only the output grows. */
const response = fc.tuple(place, few, few, fc.boolean(), fc.boolean()).map(
  ([place, message, output, sidechain, stops]) =>
    makeResponse({
      ...place,
      id: `line-${message}-${output}-${sidechain}-${stops}`,
      message: `m${message}`,
      model: MODELS[message % MODELS.length]!,
      stop: stops ? "end_turn" : null,
      sidechain,
      input: 10 * message,
      cacheRead: 1000 * message,
      output: 7 * output,
    }),
);
const use = fc.tuple(place, few).map(([place, call]) =>
  makeToolUse({ ...place, id: `u${call}`, use: `u${call}`, tool: TOOLS[call % 3]! })
);
const result = fc.tuple(place, few, fc.constantFrom("ok", "rejected", "failed"), few).map(
  ([place, call, outcome, added]) =>
    makeToolResult({
      ...place,
      // One time, one result: what is told twice is the same.
      at: place.at + 3 * call + ["ok", "rejected", "failed"].indexOf(outcome),
      id: `r${call}-${outcome}-${added}`,
      use: `u${call}`,
      outcome,
      added: outcome === "ok" ? call : 0,
    }),
);
const prompt = fc.tuple(place, few).map(([place, id]) => makePrompt({ ...place, id: `p${id}` }));

/** A prompt whose line an old client copied: the same line at another time is the same prompt. */
const copied = fc.tuple(place, few).map(([place, line]) => {
  const event = makePrompt({ ...place, id: `c${line}-${place.at}` });
  return { ...event, metadata: { ...event.metadata, line: literal(`l${line}`) } };
});

const asking = fc.tuple(place, few).map(([place, call]) => {
  const event = makeEvent("permission_request", { ...place, id: `ask${call}-${place.at}` }, {
    tool: literal(TOOLS[call % 3]!),
  });
  return { ...event, hookType: literal("PermissionRequest") };
});
const hook = fc.tuple(place, few, fc.constantFrom("default", "acceptEdits")).map(
  ([place, call, mode]) => {
    const event = makeEvent("tool_use", { ...place, id: `hook${call}-${place.at}` }, {
      tool_use_id: literal(`u${call}`),
      tool: literal(TOOLS[call % 3]!),
      permission_mode: literal(mode),
    });
    return { ...event, hookType: literal("PostToolUse") };
  },
);
/** Says since when a session's own file was written, so that a fork can be told from it. */
const native = place.map((place) =>
  makeEvent("activity", { ...place, id: `native-${place.at}` }, { native_at: place.at })
);

const told = fc.oneof(response, use, result, prompt, copied, asking, hook, native);
const history = fc.array(told, {
  minLength: 1,
  maxLength: 40,
});

/** Without what a recount does not know: hooks, and which of two forks was first. */
const plainHistory = fc.array(fc.oneof(response, use, result, prompt), {
  minLength: 1,
  maxLength: 40,
});

/** A history told otherwise: in another order, partly more than once, in batches of a size. */
const retold = history.chain((events) =>
  fc.record({
    events: fc.constant(events),
    again: fc.shuffledSubarray([...events, ...events], { minLength: 0 }),
    order: fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
    batch: fc.integer({ min: 1, max: 9 }),
  })
);

Deno.test("MetricsFold.apply() gives the same rows for any order, batching, repetition", () => {
  fc.assert(
    fc.property(retold, ({ events, again, order, batch }) => {
      const straight = fold([events]);
      const otherwise = fold(inBatches([...again, ...order], batch));

      assert.deepEqual(otherwise, straight);
    }),
    fcRuns(),
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
    fcRuns(),
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
    fcRuns(),
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

function inBatches(events: readonly TelemetryEvent[], size: number): TelemetryEvent[][] {
  const batches: TelemetryEvent[][] = [];
  for (let at = 0; at < events.length; at += size) batches.push(events.slice(at, at + size));
  return batches;
}
