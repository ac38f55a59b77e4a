/** Tests of what is read of a session's time. */

import assert from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { type ReadFacts, TimeFactReader } from "../../core/time_facts.ts";
import { makeEvent, makePrompt, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { openParts } from "../pipeline/open_parts.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";

const HOUR_MS = 3_600_000;
const ALWAYS = [NOON - 1000 * HOUR_MS, NOON + 1000 * HOUR_MS] as const;

/** A call from one second to another after noon. */
function call(
  use: string,
  [from, to]: readonly [number, number],
  { tool = "Bash", outcome = "ok", durationMs = undefined as number | undefined } = {},
): TelemetryEvent[] {
  const result = makeToolResult({ id: `r${use}`, use, at: NOON + to * 1000, outcome });
  const told = durationMs === undefined ? {} : { duration_ms: durationMs };
  return [
    makeToolUse({ id: use, use, tool, at: NOON + from * 1000 }),
    { ...result, payload: { ...result.payload, ...told } },
  ];
}

function asked(second: number, tool = "Bash"): TelemetryEvent {
  const event = makeEvent(
    "permission_request",
    { id: `ask${second}`, at: NOON + second * 1000 },
    {
      tool: literal(tool),
    },
  );
  return { ...event, hookType: literal("PermissionRequest") };
}

function told<T>(events: readonly TelemetryEvent[], act: (reader: TimeFactReader) => T): T {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  inTransaction(parts.db, () => parts.fold.apply(events));
  return act(new TimeFactReader(parts.db, (word) => parts.words.text(word)));
}

function read(events: readonly TelemetryEvent[], within = ALWAYS): ReadFacts {
  return told(events, (reader) => reader.read(1, within));
}

/** Seconds after noon. */
function seconds(list: readonly (readonly [number, number])[]) {
  return list.map(([from, to]) => [(from - NOON) / 1000, (to - NOON) / 1000]);
}

Deno.test("TimeFactReader.read() ends no call with what a later copy alone tells", () => {
  const copied = call("u1", [3600, 3630]).map((event) => ({
    ...event,
    eventId: literal(`copy-${event.eventId}`),
    sessionId: literal("s2"),
  }));
  const [use] = call("u1", [10, 40]), last = makePrompt({ id: "p2", at: NOON + 20_000 });
  const own = [makePrompt({ id: "p1", at: NOON }), use!, last];
  for (const events of [[...own, ...copied], [...copied, ...own]]) {
    const [found] = told(
      events,
      (reader) => [1, 2].flatMap((session) => reader.read(session, ALWAYS).calls),
    );
    assert.deepEqual([found!.at, found!.endedAt, found!.outcome], [NOON + 10_000, null, "ok"]);
  }
  assert.deepEqual(seconds(read([...own, ...call("u1", [10, 40])]).tools), [[10, 40]]);
});

Deno.test("TimeFactReader.read() gives moments in order, and the next on both sides", () => {
  const events = [0, 10, 20, 30].map((second) =>
    makePrompt({ id: `p${second}`, at: NOON + second * 1000 })
  );

  const { moments } = read(events, [NOON + 10_000, NOON + 11_000]);

  assert.deepEqual(moments.map(({ at }) => (at - NOON) / 1000), [0, 10, 20]);
});

Deno.test("TimeFactReader.read() takes a call of over a day for one without an end", () => {
  const { tools, moments } = read([
    ...call("short", [0, 86_400]),
    ...call("long", [1, 86_402]),
  ]);

  assert.deepEqual(seconds(tools), [[0, 86_400]]);
  assert.deepEqual(moments.map(({ kind }) => kind), ["call", "call", "result"]);
});

Deno.test("TimeFactReader.read() has questions run for no time, and their answers", () => {
  const { tools, moments } = read([
    ...call("q", [0, 9], { tool: "AskUserQuestion" }),
    ...call("no", [10, 12], { outcome: "rejected" }),
  ]);

  assert.deepEqual(seconds(tools), [[10, 12]]);
  assert.deepEqual(moments.map(({ kind }) => kind), ["call", "answer", "call", "refusal"]);
});

Deno.test("TimeFactReader.read() ends a wait for permission where the call began to run", () => {
  const { permissions } = read([
    ...call("a", [0, 60], { durationMs: 20_000 }),
    asked(1),
    ...call("b", [100, 130], { outcome: "rejected", tool: "Edit" }),
    asked(101, "Edit"),
    // Of no call.
    asked(200),
  ]);

  assert.deepEqual(seconds(permissions), [[1, 40], [101, 130]]);
});

Deno.test("TimeFactReader.read() takes of several calls the one that was decided first", () => {
  const { permissions } = read([
    ...call("a", [0, 60], { durationMs: 20_000 }),
    ...call("b", [0, 30], { durationMs: 10_000 }),
    asked(1),
  ]);

  assert.deepEqual(seconds(permissions), [[1, 20]]);
});

Deno.test("TimeFactReader.lastBefore() and lastOfSlice() find where to begin and to end", () => {
  const events = Array.from(
    { length: 305 },
    (_, i) => makePrompt({ id: `p${i}`, at: NOON + i * 1000 }),
  );
  told(events, (reader) => {
    assert.equal(reader.lastBefore(1, NOON), undefined);
    assert.equal(reader.lastBefore(1, NOON + 5500), NOON + 5000);
    assert.equal(reader.lastOfSlice(1, NOON + 2000), NOON + 302_000);
    assert.equal(reader.lastOfSlice(1, NOON + 6000), undefined);
  });
});
