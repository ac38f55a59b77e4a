/** Tests of `pipeline/pipeline.ts`; faults and kills have files of their own. */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";
import { openPlain, openWriter } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { makePrompt, NOON, promptTexts, TABLES } from "../helpers/events.ts";
import { failStatements } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts } from "./open_parts.ts";
import { nextTurn, passTime } from "./pass_time.ts";
import { testPort } from "./port_contract.ts";
import { tempDatabase } from "./temp_database.ts";

const DAY_MS = 86_400_000;

testPort("Pipeline", (options) => new Pipeline({ ...options, clock: systemClock }));

Deno.test("Pipeline.publish() resolves not before the queue has room again", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);

  await pipeline.publish(promptTexts(7000));

  using db = openPlain(folder.path);
  const waiting = db.prepare("select count(*) as n from stream_entries where stream = 1").get();
  assert.ok(Number(waiting?.n) <= 5100, `${waiting?.n} entries`);
});

Deno.test("Pipeline.publish() waits for the slow path, when it has many blocks to fold", async () => {
  using folder = tempDatabase();
  using broken = failStatements("insert into applied_batches");
  await using pipeline = open(folder.path);

  await assert.rejects(() => publishBlocks(pipeline, 105), /full/);

  broken[Symbol.dispose]();
  await passTime(pipeline.clock, pipeline.drain());
});

Deno.test("Pipeline.publish() is noticed, at whatever moment it comes", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const left: number[] = [];

  for (let hops = 0; hops < 80; hops++) {
    await pipeline.publish(promptTexts(1, 1000 + hops));
    for (let hop = 0; hop < hops; hop++) await Promise.resolve();
    await pipeline.publish(promptTexts(1, hops));
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    if (queued(folder.path) > 0) left.push(hops);
  }

  assert.deepEqual(left, []);
});

Deno.test("Pipeline.drain() stores all others, when one event is poison", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const texts = promptTexts(150);

  await pipeline.publish([...texts.slice(0, 70), "poison", ...texts.slice(70)]);
  await passTime(pipeline.clock, pipeline.drain());

  using parts = openParts(folder.path);
  assert.equal(parts.storedIds().length, 150);
  assert.deepEqual((await parts.deadLetters()).map(({ body }) => body), ["poison"]);
});

Deno.test("Pipeline.drain() says so and goes on by itself, when the disk was full", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const full = failStatements("insert into trace_blocks");
  await pipeline.publish(promptTexts(10));
  await assert.rejects(() => pipeline.drain(), {
    message: "Cannot store events: the disk is full; free some space, reading goes on then",
  });

  full[Symbol.dispose]();
  await passTime(pipeline.clock, pipeline.drain());

  using parts = openParts(folder.path);
  assert.equal(parts.storedIds().length, 10);
  assert.deepEqual(await parts.deadLetters(), []);
});

Deno.test("Pipeline.drain() ends soon after a failure, not after a whole lease", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const full = failStatements("insert into trace_blocks");
  await pipeline.publish(promptTexts(10));
  await assert.rejects(() => pipeline.drain());
  full[Symbol.dispose]();
  const before = pipeline.clock.now();

  await passTime(pipeline.clock, pipeline.drain());

  assert.ok(pipeline.clock.now() - before <= 10_000);
});

Deno.test("Pipeline.resume() goes on with what an earlier run left, leases and all", async () => {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  {
    using parts = openParts(folder.path, clock);
    await parts.events.publish(promptTexts(250));
    await parts.events.take(100);
    await parts.events.take(100);
    await parts.fastPath.runBatch();
    await parts.changes.take(1);
  }
  await using pipeline = open(folder.path, clock);

  pipeline.resume();
  await pipeline.drain();

  using parts = openParts(folder.path);
  assert.equal(parts.storedIds().length, 250);
  assert.equal(derivedRows(parts.db).input_sums[0]?.count, 250);
  assert.equal(clock.now(), NOON);
});

Deno.test("Pipeline.resume() lets fine tiers expire", async () => {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  {
    await using pipeline = open(folder.path, clock);
    await pipeline.publish(promptTexts(1));
    await pipeline.drain();
  }
  clock.advance(2 * DAY_MS);
  await using pipeline = open(folder.path, clock);

  pipeline.resume();

  using db = openWriter(folder.path);
  assert.deepEqual(derivedRows(db).input_sums.map(({ tier }) => tier), [0, 300, 900]);
});

Deno.test("Pipeline() lets fine tiers expire, while it runs for days", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  await pipeline.publish(promptTexts(1));
  await pipeline.drain();

  pipeline.clock.advance(2 * DAY_MS);
  const late = makePrompt({ id: "late", at: pipeline.clock.now() });
  await pipeline.publish([encodeEvent(late)]);
  await pipeline.drain();

  using db = openWriter(folder.path);
  const minutes = derivedRows(db).input_sums.filter(({ tier }) => tier === 60);
  assert.deepEqual(minutes.map(({ bucket }) => bucket), [late.timestamp]);
});

Deno.test("Pipeline() rejects who waits, when it is closed", async () => {
  using folder = tempDatabase();
  const pipeline = open(folder.path);
  await pipeline.publish(["poison"]);
  const waiting = assert.rejects(pipeline.drain(), {
    message: "Cannot store events: the pipeline is closed",
  });
  await nextTurn();

  await pipeline[Symbol.asyncDispose]();

  await waiting;
});

Deno.test("Pipeline() leaves no file open, when it cannot start", () => {
  using folder = tempDatabase();

  assert.throws(() =>
    new Pipeline({ path: folder.path, tables: { claude_code: "no name" }, clock: systemClock })
  );

  assert.deepEqual(
    [...Deno.readDirSync(folder.path.replace(/\/[^/]+$/, ""))].map(({ name }) => name),
    ["telemetry.db"],
  );
});

/** A pipeline with a clock that its test turns. */
class TurnedPipeline extends Pipeline {
  readonly clock: VirtualClock;

  constructor(path: string, clock: VirtualClock) {
    super({ path, tables: TABLES, clock });
    this.clock = clock;
  }
}

function open(path: string, clock = new VirtualClock()): TurnedPipeline {
  return new TurnedPipeline(path, clock);
}

/** Publishes so that each event gets a block of its own. */
async function publishBlocks(pipeline: TurnedPipeline, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await pipeline.publish(promptTexts(1, i));
    await nextTurn();
  }
}

function queued(path: string): number {
  using db = openPlain(path);
  const row = db.prepare("select count(*) as n from stream_entries where stream < 3").get();
  return Number(row?.n);
}
