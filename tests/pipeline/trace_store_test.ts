/** Tests of `pipeline/trace_store.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../core/database.ts";
import { decodeEvent, encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { hashId, type StoredBlock } from "../../pipeline/trace_store.ts";
import { makeEvent, makePrompt, NOON, promptTexts, realisticEvents } from "../helpers/events.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("TraceStore.append() stores an event once, whatever batch it comes in", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  const first = append(parts, [makePrompt({ id: "a" }), makePrompt({ id: "b" })]);
  const second = append(parts, [makePrompt({ id: "b" }), makePrompt({ id: "c" })]);
  const third = append(parts, [makePrompt({ id: "d" }), makePrompt({ id: "d" })]);

  assert.deepEqual([first, second, third].map(idsOf), [["a", "b"], ["c"], ["d"]]);
  assert.deepEqual(parts.storedIds(), ["a", "b", "c", "d"]);
});

Deno.test("TraceStore.append() writes no block, when nothing is new", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  append(parts, [makePrompt({ id: "a" })]);

  const again = append(parts, [makePrompt({ id: "a", at: NOON + 5 })]);

  assert.deepEqual(again, []);
  assert.equal(parts.count("trace_blocks"), 1);
});

Deno.test("TraceStore.append() tells events of two sessions apart by the session", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  const blocks = append(parts, [
    makePrompt({ id: "a", session: "s1" }),
    makePrompt({ id: "a", session: "s2" }),
    makePrompt({ id: "a", session: "s1", platform: "cursor" }),
  ]);

  assert.deepEqual(blocks.map(({ events }) => events.length), [2, 1]);
});

Deno.test("TraceStore.append() writes one block for each platform, found by its rows", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  const [mine, other] = append(parts, [
    makePrompt({ id: "a", at: NOON + 3 }),
    makePrompt({ id: "b", platform: "cursor" }),
    makePrompt({ id: "c", at: NOON + 1 }),
  ]);

  const rows = parts.db.prepare(
    "select block, position, at from claude_raw_traces order by position",
  ).all().map((row) => ({ ...row }));
  assert.deepEqual(rows, [
    { block: mine!.id, position: 0, at: NOON + 3 },
    { block: mine!.id, position: 1, at: NOON + 1 },
  ]);
  const block = parts.db.prepare(
    "select first_at, last_at, events from trace_blocks where id = ?",
  )
    .get(mine!.id);
  assert.deepEqual({ ...block }, { first_at: NOON + 1, last_at: NOON + 3, events: 2 });
  assert.deepEqual(idsOf([other!]), ["b"]);
});

Deno.test("TraceStore.append() refuses an event, when its platform is not registered", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const batch = [makePrompt({ id: "a" }), makePrompt({ id: "b", platform: "unknown" })];

  assert.throws(() => append(parts, batch), {
    name: "RangeError",
    message: "Cannot store an event: its platform is not registered",
  });

  parts.traces.forget();
  assert.deepEqual(parts.storedIds(), []);
  assert.equal(parts.count("claude_raw_traces"), 0);
});

Deno.test("TraceStore.append() notes for each platform what is stored of it", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  append(parts, [makePrompt({ id: "a" }), makePrompt({ id: "b", platform: "cursor" })]);
  append(parts, [makePrompt({ id: "a" }), makePrompt({ id: "c" })]);

  const noted = parts.db.prepare("select * from storage order by platform").all();
  const counted = parts.db.prepare(
    `select platform, count(*) as blocks, sum(events) as events, sum(raw_bytes) as raw_bytes,
       sum(length(body)) as bytes from trace_blocks group by platform order by platform`,
  ).all();
  assert.equal(noted.length, 2);
  assert.deepEqual(noted, counted);
});

Deno.test("TraceStore.read() gives back what was appended, for any events", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  let run = 0;
  const payload = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z_]{0,9}$/),
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, max: 1e9 })),
  );
  const at = fc.integer({ min: 0, max: NOON });
  fc.assert(
    fc.property(
      fc.array(fc.record({ payload, at }), { minLength: 1, maxLength: 40 }),
      (sketches) => {
        run++;
        const events = sketches.map(({ payload, at }, i) =>
          decodeEvent(
            encodeEvent(makeEvent("tool_use", { id: `${run}-${i}`, at }, payload as never)),
          )
        );

        const [block] = append(parts, events);

        assert.deepEqual(parts.traces.read(block!.id), events);
        assert.deepEqual(block!.events, events);
      },
    ),
    fcRuns(60),
  );
});

Deno.test("TraceStore.read() gives back an event, when its JSON had line breaks", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const [json] = promptTexts(1);

  parts.append([JSON.stringify(JSON.parse(json!), null, 2)]);

  assert.deepEqual(parts.storedIds(), ["p0"]);
});

Deno.test("TraceStore.append() stores nothing beside the event, when its JSON has more", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const [json] = promptTexts(1);

  parts.append([json!.replace("{", '{"note":"a secret note",')]);

  const raw = parts.db.prepare("select raw_bytes from trace_blocks").get();
  assert.equal(raw?.raw_bytes, json!.length);
});

Deno.test("TraceStore.read() gives nothing, when the block is gone", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  assert.deepEqual(parts.traces.read(7), []);
});

Deno.test("TraceStore.append() packs blocks of 100 real events at least sevenfold", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  for (let seed = 1; seed <= 20; seed++) append(parts, realisticEvents(100, seed));

  const sums = parts.db.prepare(
    "select sum(raw_bytes) as raw, sum(length(body)) as packed, count(*) as n from trace_blocks",
  ).get() as { raw: number; packed: number; n: number };
  assert.equal(sums.n, 20);
  assert.ok(sums.raw / sums.packed >= 7, `${sums.raw / sums.packed}`);
});

Deno.test("TraceStore.append() needs few bytes of the file for an event, all in", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const size = () => {
    parts.db.exec("pragma wal_checkpoint(truncate)");
    return Deno.statSync(folder.path).size;
  };
  const before = size();

  for (let seed = 1; seed <= 100; seed++) append(parts, realisticEvents(100, seed));

  const perEvent = (size() - before) / 10_000;
  assert.ok(perEvent <= 130, `${perEvent} bytes`);
});

Deno.test("TraceStore.session() gives right numbers, after a rollback was forgotten", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  append(parts, [makePrompt({ id: "a", session: "s1" })]);
  assert.throws(() =>
    inTransaction(parts.db, () => {
      parts.traces.append(encode([makePrompt({ id: "b", session: "lost", platform: "cursor" })]));
      throw new Error("Cannot go on: it is a test");
    })
  );

  parts.traces.forget();
  append(parts, [makePrompt({ id: "c", session: "s2", project: "p1" })]);
  append(parts, [makePrompt({ id: "b", session: "lost", platform: "cursor" })]);

  const rows = parts.db.prepare(
    `select s.session_id as session, w.text as platform from sessions s
     join words w on w.id = s.platform order by s.id`,
  ).all().map(({ session, platform }) => `${platform}/${session}`);
  assert.deepEqual(rows, ["claude_code/s1", "claude_code/s2", "cursor/lost"]);
  assert.deepEqual(parts.storedIds(), ["a", "b", "c"]);
});

Deno.test("TraceStore.session() keeps its number, when the file is opened again", () => {
  using folder = tempDatabase();
  const numbers = [1, 2].map(() => {
    using parts = openParts(folder.path);
    return inTransaction(parts.db, () => parts.traces.session("claude_code", "s1"));
  });

  assert.equal(numbers[0], numbers[1]);
});

Deno.test("hashId() gives 47 bits, the same for the same id only", () => {
  const hashes = new Set<number>();
  for (let i = 0; i < 1000; i++) hashes.add(hashId(`event ${i}`));

  assert.equal(hashes.size, 1000);
  assert.equal(hashId("event 1"), hashId("event 1"));
  for (const hash of hashes) assert.ok(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 47);
});

function append(parts: Parts, events: readonly TelemetryEvent[]): StoredBlock[] {
  return inTransaction(parts.db, () => parts.traces.append(encode(events)));
}

function encode(events: readonly TelemetryEvent[]) {
  return events.map((event) => ({ event, json: encodeEvent(event) }));
}

function idsOf(blocks: readonly StoredBlock[]): string[] {
  return blocks.flatMap(({ events }) => events.map(({ eventId }) => eventId));
}
