/** Tests of `Pipeline.rebuild()`: it may be broken off at any moment, and goes on. */

import assert from "node:assert/strict";
import type { Database } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { readCoverage } from "../../core/reports/coverage.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { TABLES } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { nextTurn, passTime } from "./pass_time.ts";
import { numberedEvent } from "./publish_numbered.ts";
import { countQueued, readFile } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS = 3000;
const TURNS_MAX = 40;

Deno.test("Pipeline.rebuild() ends with the rows of before, and tells what it did", async () => {
  using folder = tempDatabase();
  const before = await fill(folder.path);
  await using pipeline = open(folder.path);

  const rebuild = await pipeline.rebuild();

  assert.deepEqual(rebuild, { sessions: 7, kept: 0, blocks: 30, events: EVENTS });
  assert.deepEqual(readFile(folder.path, derivedRows), before);
});

Deno.test("Pipeline.rebuild() gives nothing for a session that is not there", async () => {
  using folder = tempDatabase();
  const before = await fill(folder.path);
  await using pipeline = open(folder.path);

  assert.equal(await pipeline.rebuild("nobody"), undefined);

  assert.deepEqual(readFile(folder.path, derivedRows), before);
});

Deno.test("Pipeline.rebuild() stores what comes in the meantime, too", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  await using pipeline = open(folder.path);
  const rebuild = pipeline.rebuild();
  await nextTurn();

  const more = Array.from({ length: 250 }, (_, i) => encodeEvent(numberedEvent(EVENTS + i)));
  await Promise.all([pipeline.accept(more, []), rebuild]);
  await pipeline.drain();

  assert.deepEqual(readFile(folder.path, derivedRows), await fillOther(EVENTS + 250));
});

Deno.test("Pipeline.rebuild() goes on at the next start, whenever it was closed", async () => {
  using folder = tempDatabase();
  const before = await fill(folder.path);
  let brokenOff = 0;

  for (let turns = 0; turns < TURNS_MAX; turns++) {
    {
      await using pipeline = open(folder.path, new TickingClock());
      const closed = pipeline.rebuild().then(() => false, isClosed);
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      await pipeline[Symbol.asyncDispose]();
      await closed;
    }
    const isLeft = readFile(folder.path, (db) => countQueued(db, 2)) > 0;
    if (isLeft) brokenOff++;
    assert.equal(readFile(folder.path, blocksOf), isLeft ? 30 : 0, `closed at turn ${turns}`);
    const clock = new VirtualClock();
    await using pipeline = open(folder.path, clock);
    await pipeline.resume();
    await passTime(clock, pipeline.drain());
    assert.equal(readFile(folder.path, blocksOf), 0);
    assert.deepEqual(readFile(folder.path, derivedRows), before, `closed at turn ${turns}`);
  }

  assert.ok(brokenOff > 0);
});

/** The blocks of the rebuild that reports tell of. */
function blocksOf(db: Database): number {
  return readCoverage(db).rebuild_blocks_total;
}

function open(path: string, clock = new VirtualClock()): Pipeline {
  return new Pipeline({ path, tables: TABLES, clock });
}

/** Each look at it takes a while, so that slices come to their end. */
class TickingClock extends VirtualClock {
  override now(): number {
    this.advance(2);
    return super.now();
  }
}

/** Takes that the pipeline was closed for an answer, and nothing else. */
function isClosed(error: Error): true {
  assert.equal(error.message, "Cannot store events: the pipeline is closed");
  return true;
}

/** Stores and derives numbered events. */
async function fill(path: string, count = EVENTS): Promise<DerivedRows> {
  await using pipeline = open(path);
  const numbers = Array.from({ length: count }, (_, n) => n);
  await pipeline.accept(numbers.map((n) => encodeEvent(numberedEvent(n))), []);
  await pipeline.drain();
  return readFile(path, derivedRows);
}

async function fillOther(count: number): Promise<DerivedRows> {
  using folder = tempDatabase();
  return await fill(folder.path, count);
}
