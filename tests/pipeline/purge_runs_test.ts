/** Tests of purges of a pipeline: one after another, beside its work, and to their end. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { encodeEvent } from "../../core/event.ts";
import { openWriter } from "../../core/open_writer.ts";
import { readPurgeProgress } from "../../core/purge.ts";
import { purgedBeside, writePurged } from "../../pipeline/purged_file.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { NOON, TABLES } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { nextTurn, passTime } from "./pass_time.ts";
import { numberedEvent } from "./publish_numbered.ts";
import { readFile } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS = 600;
const TURNS = [0, 1, 2, 3, 4];
const SESSION = numberedEvent(0).sessionId;

Deno.test("PurgeRuns.run() tells what went, and what would go", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  await using pipeline = open(folder.path);
  const dry = await pipeline.command("purge", { session: SESSION, dry_run: true });
  const purged = await pipeline.command("purge", { session: SESSION });
  assert.deepEqual(purged, dry);
  assert.ok(purged!.sessions === 1 && purged!.events > 80 && purged!.bytes > 100);
  assert.equal(await pipeline.command("purge", { session: "nobody" }), undefined);
  assert.deepEqual(readFile(folder.path, derivedRows), await rest());
});

Deno.test("PurgeRuns.run() goes beside what comes in the meantime, and other purges", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  await using pipeline = open(folder.path);
  const purges = [pipeline.command("purge", { session: SESSION })];
  await nextTurn();
  purges.push(pipeline.command("purge", { platform: "cursor" }));
  const more = Array.from({ length: 250 }, (_, i) => encodeEvent(numberedEvent(EVENTS + i)));
  await Promise.all([...purges, pipeline.accept(more, [])]);
  await pipeline.drain();
  const rows = readFile(folder.path, derivedRows);
  assert.deepEqual(rows, await rest(EVENTS + 250));
});

Deno.test("PurgeRuns.finish() ends at the next start, whenever it was closed", async () => {
  const expected = await rest();
  let brokenOff = 0;
  for (const turns of TURNS) {
    using folder = tempDatabase();
    await fill(folder.path);
    {
      await using pipeline = open(folder.path, new TickingClock());
      const closed = pipeline.command("purge", { session: SESSION }).catch(isClosed);
      await nextTurn();
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      await pipeline[Symbol.asyncDispose]();
      await closed;
    }
    if (readFile(folder.path, readPurgeProgress)) brokenOff++;
    const clock = new VirtualClock(NOON + 86_400_000);
    await using pipeline = open(folder.path, clock);
    await passTime(clock, pipeline.resume());
    assert.equal(readFile(folder.path, readPurgeProgress), undefined);
    const rows = readFile(folder.path, derivedRows);
    assert.deepEqual(rows, expected, `closed at turn ${turns}`);
  }
  assert.ok(brokenOff >= 2);
});

Deno.test("PurgeRuns.finish() puts on the disk what an older version purged", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  await using pipeline = open(folder.path);
  const path = purgedBeside(folder.path);
  await pipeline.resume();
  assert.equal(existsSync(path), false, "nothing is purged");
  await pipeline.command("purge", { session: SESSION });
  const text = Deno.readTextFileSync(path);
  Deno.removeSync(path);
  await pipeline.resume();
  assert.equal(Deno.readTextFileSync(path), text);
});

Deno.test("PurgeRuns() ends what an older version closed to what is still to come", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  const path = purgedBeside(folder.path), madeAt = NOON + 3_600_000;
  {
    using db = openWriter(folder.path);
    db.exec(`insert into tombstones values ('cursor', '', ${NOON * 2}),
      ('claude_code', '', ${NOON}), ('cursor', 'one-session', ${NOON * 2})`);
    db.exec(`insert into words (id, text) values (900, 'cursor') on conflict do nothing;
      insert into sources (id, platform, file_id, head, position, size, modified_at, lines,
        lines_malformed, lines_unknown, state)
      select text, id, '', '', 1, 1, 1, 1, 0, 0, '{}' from words
      where text in ('cursor', 'claude_code')`);
    writePurged(db, path);
  }
  Deno.utimeSync(path, madeAt / 1000, madeAt / 1000);
  await using _pipeline = open(folder.path);
  const rows = readFile(folder.path, (db) => [
    ...db.prepare("select until_at as n from tombstones order by platform, session").all(),
    ...db.prepare("select id as n from sources").all(),
  ]);
  assert.deepEqual(rows.map(({ n }) => n), [NOON, madeAt, NOON * 2, "claude_code"]);
  assert.deepEqual(
    JSON.parse(Deno.readTextFileSync(path)).until.map(([, , until]: unknown[]) => until),
    [NOON, madeAt, NOON * 2],
  );
});

function open(path: string, clock = new VirtualClock(NOON + 86_400_000)): Pipeline {
  return new Pipeline({ path, tables: TABLES, clock, key: new Uint8Array(32) });
}

/** Each look at it takes a while, so that slices come to their end. */
class TickingClock extends VirtualClock {
  override now(): number {
    this.advance(2);
    return super.now() + 86_400_000;
  }
}

/** Takes that the pipeline was closed for an answer, and nothing else. */
function isClosed(error: Error): void {
  assert.equal(error.message, "Cannot store events: the pipeline is closed");
}

async function fill(path: string, count = EVENTS, isTold = (_: number) => true): Promise<void> {
  await using pipeline = open(path);
  const numbers = Array.from({ length: count }, (_, n) => n).filter(isTold);
  await pipeline.accept(numbers.map((n) => encodeEvent(numberedEvent(n))), []);
  await pipeline.drain();
}

/** What a home has that never heard of the session. */
async function rest(count = EVENTS): Promise<DerivedRows> {
  using folder = tempDatabase();
  await fill(folder.path, count, (n) => numberedEvent(n).sessionId !== SESSION);
  return readFile(folder.path, derivedRows);
}
