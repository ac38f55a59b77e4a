/** Tests of taking purged events out of where they are stored. */

import { deepEqual, equal } from "node:assert/strict";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { eventPlaces } from "../../pipeline/purge_places.ts";
import { makePrompt, NOON, TABLES } from "../helpers/events.ts";
import { openParts, type Parts } from "./open_parts.ts";

function prompt(id: string, session: string, at = NOON): TelemetryEvent {
  return makePrompt({ id, session, at });
}

/** Blocks with these events each, and a purge of s1 up to noon. */
function openStage(...blocks: readonly (readonly TelemetryEvent[])[]) {
  const parts = openParts(":memory:");
  for (const block of blocks) parts.append(block.map(encodeEvent));
  parts.db.prepare(
    "insert into purge_sessions values ((select id from sessions where " +
      "session_id = 's1'), ?)",
  ).run(NOON);
  const told: string[] = [];
  const clear = () => {
    const places = eventPlaces({
      db: parts.db,
      tables: TABLES,
      traces: parts.traces,
      isPurged: ({ sessionId, timestamp }) => sessionId === "s1" && timestamp < NOON,
      onPurged: ({ eventId }) => told.push(eventId),
    });
    let gone = 0;
    for (const place of places) {
      for (let rows = place(); rows !== undefined; rows = place()) gone += rows;
    }
    return gone;
  };
  return { parts, told, clear };
}

function storageOf({ db }: Parts) {
  return db.prepare(
    `select s.blocks, s.events, s.events = ifnull((select sum(events) from trace_blocks), 0)
       and s.raw_bytes = ifnull((select sum(raw_bytes) from trace_blocks), 0)
       and s.bytes = ifnull((select sum(length(body)) from trace_blocks), 0) as adds_up
     from storage s`,
  ).all().map((row) => ({ ...row }));
}

Deno.test("eventPlaces() takes events out of blocks, and leaves others in their order", () => {
  const { parts, told, clear } = openStage(
    [prompt("a", "s1", NOON - 1), prompt("b", "s2", NOON - 2), prompt("c", "s1", NOON)],
    [prompt("d", "s1", NOON - 3)],
    [prompt("e", "s2")],
  );
  using _parts = parts;

  equal(clear(), 2);

  deepEqual(told, ["a", "d"]);
  deepEqual(parts.storedIds(), ["b", "c", "e"]);
  deepEqual(parts.traces.read(1).map(({ eventId }) => eventId), ["b", "c"]);
  deepEqual(storageOf(parts), [{ blocks: 2, events: 3, adds_up: 1 }]);
  const rows = parts.db.prepare(
    "select block, position from claude_raw_traces order by block, position",
  ).all().map(({ block, position }) => [block, position]);
  deepEqual(rows, [[1, 0], [1, 1], [3, 0]]);
  const row = parts.db.prepare("select first_at, last_at from trace_blocks where id = 1").get()!;
  deepEqual([row.first_at, row.last_at], [NOON - 2, NOON]);
  equal(clear(), 0);
});

Deno.test("eventPlaces() takes rows of events that are in no block", () => {
  const { parts, clear } = openStage([prompt("a", "s1", NOON - 1), prompt("b", "s2")]);
  using _parts = parts;
  parts.db.exec("update claude_raw_traces set block = null");
  equal(clear(), 1);
  equal(parts.count("claude_raw_traces"), 1);
});

Deno.test("eventPlaces() removes a block that nobody can read, as the events may be in it", () => {
  const { parts, clear } = openStage([prompt("a", "s1", NOON - 1), prompt("b", "s2")]);
  using _parts = parts;
  parts.db.exec("update trace_blocks set body = x'00'");
  equal(clear(), 1);
  deepEqual([parts.count("trace_blocks"), parts.count("claude_raw_traces")], [0, 1]);
});
