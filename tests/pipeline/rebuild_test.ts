/** Tests of `pipeline/rebuild.ts`; its properties and faults have files of their own. */

import assert from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { beginRebuild, endRebuild } from "../../pipeline/rebuild.ts";
import { makePrompt, makeResponse, NOON } from "../helpers/events.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const MINUTE_MS = 60_000;

/** A session, its fork, and one that has nothing to do with them, in a block each. */
const original = [makePrompt({ id: "p1" }), makeResponse({ id: "m1", output: 5, at: NOON + 1 })];
const fork = [
  ...original.map((event) => ({ ...event, sessionId: literal("fork") })),
  makePrompt({ id: "p2", session: "fork", at: NOON + MINUTE_MS }),
];
const prompt = makePrompt({ id: "p3", session: "other", project: "aa", version: "2.1.4" });
const other = [
  { ...prompt, metadata: { ...prompt.metadata, line: literal("l1") } },
  makeResponse({ id: "m3", session: "other", output: 9, at: NOON + 7 }),
];

Deno.test("beginRebuild() begins with nothing, and ends with the same", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);

  const begun = begin(parts)!;
  const between = derivedRows(parts.db);
  await parts.deriveAll();

  assert.deepEqual(endRebuild(parts.db, begun), { sessions: 3, kept: 0, blocks: 3, events: 7 });
  for (const [table, rows] of Object.entries(between)) {
    if (table !== "sessions") assert.deepEqual(rows, [], table);
  }
  assert.ok(between.sessions.every((row) => row.counted === 0 && row.started_at === null));
  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("beginRebuild() mends rows that were damaged", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);
  parts.db.exec(`update responses set output = output + 1; delete from inputs;
    update model_sums set output = 0; update sessions set counted = 0, project = null;
    delete from turns; update active_spans set to_at = to_at + 9;
    update input_lines set at = at - 9;
    insert into turns values (1, 5, 5, 5, 5, 5, 5, 0, 5), (999, 5, 5, 5, 5, 5, 5, 0, 5)`);

  begin(parts);
  await parts.deriveAll();

  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("beginRebuild() touches one session alone, when that is asked for", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);
  const ofFamily = ({ session }: Record<string, unknown>) => session !== "claude_code/other";

  const begun = begin(parts, "other")!;
  const between = derivedRows(parts.db);
  await parts.deriveAll();

  assert.deepEqual(endRebuild(parts.db, begun), { sessions: 1, kept: 0, blocks: 1, events: 2 });
  for (const table of ["responses", "inputs", "turns", "model_sums", "active_spans"] as const) {
    assert.deepEqual(between[table], before[table].filter(ofFamily), table);
  }
  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("beginRebuild() takes the family of a session with it", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);

  const begun = begin(parts, "fork")!;
  await parts.deriveAll();

  assert.deepEqual(endRebuild(parts.db, begun), { sessions: 2, kept: 0, blocks: 2, events: 5 });
  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("beginRebuild() knows no session of that name, and changes nothing", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);

  assert.equal(begin(parts, "nobody"), undefined);

  assert.equal(await parts.groups.depth(), 0);
  assert.deepEqual(derivedRows(parts.db), before);
});

for (const lost of [1, 2]) {
  const whose = lost === 1 ? "a session's traces" : "those of its fork";
  Deno.test(`beginRebuild() keeps a whole family, when ${whose} are gone`, async () => {
    using folder = tempDatabase();
    using parts = await open(folder.path);
    const before = derivedRows(parts.db);
    parts.db.exec(`delete from trace_blocks where id = ${lost}`);
    parts.groups.forget();

    const begun = begin(parts)!;
    await parts.deriveAll();

    assert.deepEqual(endRebuild(parts.db, begun), {
      sessions: 1,
      kept: 2,
      blocks: 2,
      events: lost === 1 ? 5 : 4,
    });
    assert.deepEqual(derivedRows(parts.db), before);
  });
}

Deno.test("beginRebuild() keeps a session, when no trace of it is left at all", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);
  parts.db.exec(`delete from trace_blocks where id = 3;
    delete from claude_raw_traces where block = 3`);

  const begun = begin(parts, "other")!;
  await parts.deriveAll();

  assert.deepEqual(endRebuild(parts.db, begun), { sessions: 0, kept: 1, blocks: 0, events: 0 });
  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("beginRebuild() does no harm, when it comes in the middle of another", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const before = derivedRows(parts.db);

  begin(parts);
  await parts.groups.step();
  begin(parts, "fork");
  await parts.groups.step();
  begin(parts);
  await parts.deriveAll();

  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("endRebuild() counts what reports show, and no file without a session", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const notes = { ...original[0]!, sessionId: literal("notes"), eventType: "turn_end" as const };
  await parts.events.publish([encodeEvent({ ...notes, eventId: literal("n1") })]);
  await parts.runToEnd();

  const begun = begin(parts)!;
  await parts.deriveAll();

  assert.equal(begun.again.size, 4);
  assert.equal(endRebuild(parts.db, begun).sessions, 3);
});

Deno.test("beginRebuild() announces blocks in the order in which they came", async () => {
  using folder = tempDatabase();
  using parts = await open(folder.path);
  const blocks: number[] = [];

  inTransaction(parts.db, () =>
    beginRebuild(parts.db, parts.traces.tables, (announced) => {
      blocks.push(...announced.map(([id]) => id));
      return blocks.length;
    }));

  assert.deepEqual(blocks, [1, 2, 3]);
});

async function open(path: string): Promise<Parts> {
  const parts = openParts(path);
  for (const events of [original, fork, other] as readonly TelemetryEvent[][]) {
    await parts.events.publish(events.map(encodeEvent));
    await parts.runToEnd();
  }
  return parts;
}

function begin(parts: Parts, session?: string) {
  return inTransaction(parts.db, () => parts.groups.beginRebuild(session));
}
