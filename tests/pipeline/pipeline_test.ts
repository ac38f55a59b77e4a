/** Tests of `pipeline/pipeline.ts`; faults and kills have files of their own. */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";
import type { Database } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { isCounted } from "../../core/reports/counted.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { makePrompt, promptTexts, TABLES } from "../helpers/events.ts";
import {
  afterStatement,
  aroundStatements,
  diskFullError,
  failStatements,
} from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts } from "./open_parts.ts";
import { nextTurn, passTime } from "./pass_time.ts";
import { testPort } from "./port_contract.ts";
import { countQueued, deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const DAY_MS = 86_400_000;
const EVENTS = { stream: "telemetry:events", group: "processors" } as const;

testPort("Pipeline", (options) => new Pipeline({ ...options, clock: systemClock }));

Deno.test("Pipeline.accept() resolves not before the queue has room again", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);

  await pipeline.accept(promptTexts(7000), []);

  const waiting = readFile(folder.path, (db) => countQueued(db, 1));
  assert.ok(waiting <= 5100, `${waiting} entries`);
});

Deno.test("Pipeline.accept() waits for the slow path, when that lags", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    for (let i = 0; i < 150; i++) {
      await parts.events.publish(promptTexts(1, i));
      await parts.fastPath.runBatch();
    }
  }
  await using pipeline = open(folder.path);

  await pipeline.accept([], []);
  const before = readFile(folder.path, (db) => countQueued(db, 2));
  await pipeline.accept(promptTexts(1, 150), []);

  // Entries stay until insights are derived, too: that holds nobody up.
  const waiting = readFile(folder.path, countUnfolded);
  assert.ok(waiting <= 101, `${waiting} blocks`);
  // Who only asks whether it is there needs no room.
  assert.equal(before, 150);
});

Deno.test("Pipeline.accept() is noticed, at whatever moment of the work it comes", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const left: number[] = [];
  const act = (nth: number) => () => void pipeline.accept(promptTexts(1, nth), []);

  for (let nth = 1, isDone = true; isDone; nth++) {
    {
      using moment = afterStatement(nth, act(nth));
      await pipeline.accept(promptTexts(1, 1000 + nth), []);
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      isDone = moment.isDone();
    }
    if (!readFile(folder.path, isCounted)) left.push(nth);
    await pipeline.drain();
    for (let turn = 0; turn < 20; turn++) await nextTurn();
  }

  assert.deepEqual(left, []);
});

Deno.test("Pipeline.accept() is noticed, when it comes right after drain()", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  await pipeline.drain();

  await pipeline.accept(promptTexts(1), []);
  for (let turn = 0; turn < 20; turn++) await nextTurn();

  assert.equal(readFile(folder.path, storedIds).length, 1);
});

Deno.test("Pipeline.drain() stores all others, when one event is poison", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const texts = promptTexts(150);

  await pipeline.accept([...texts.slice(0, 70), "poison", ...texts.slice(70)], []);
  await passTime(pipeline.clock, pipeline.drain());

  assert.equal(readFile(folder.path, storedIds).length, 150);
  assert.deepEqual(readFile(folder.path, deadLetters).map(({ message }) => message), [
    "Cannot read an event: it is no JSON",
  ]);
});

Deno.test("Pipeline.drain() resolves after the commit, at whatever moment it comes", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const missing: number[] = [];

  for (let hops = 0; hops < 80; hops++) {
    const accepted = pipeline.accept(promptTexts(1, hops), []);
    await hop(hops);
    await pipeline.drain();
    const [sum] = readFile(folder.path, derivedRows).input_sums;
    if (sum?.count !== hops + 1) missing.push(hops);
    await accepted;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
  }

  assert.deepEqual(missing, []);
});

Deno.test("Pipeline.drain() goes on, when the log of a full disk cannot be emptied", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  {
    using _disk = aroundStatements((call, what, rest) => {
      if (what.includes("wal_checkpoint")) throw new Error("Cannot write: disk I/O error");
      if (what.includes("insert into trace_blocks")) throw diskFullError();
      return call(...rest);
    });
    await pipeline.accept(promptTexts(1), []);
    for (let second = 0; second < 5; second++) {
      await assert.rejects(passTime(pipeline.clock, pipeline.drain()), /disk/);
    }
  }

  await passTime(pipeline.clock, pipeline.drain());

  assert.equal(readFile(folder.path, storedIds).length, 1);
});

Deno.test("Pipeline.drain() says so and soon goes on, when the disk was full", async () => {
  using folder = tempDatabase();
  using full = failStatements("insert into trace_blocks");
  await using pipeline = open(folder.path);
  await pipeline.accept(promptTexts(10), []);
  await assert.rejects(() => passTime(pipeline.clock, pipeline.drain()), {
    message: "Cannot store events: the disk is full; free some space, reading goes on then",
  });

  full[Symbol.dispose]();
  const before = pipeline.clock.now();
  await passTime(pipeline.clock, pipeline.drain());

  assert.ok(pipeline.clock.now() - before <= 10_000, `${pipeline.clock.now() - before} ms`);
  assert.equal(readFile(folder.path, storedIds).length, 10);
  assert.deepEqual(readFile(folder.path, deadLetters), []);
});

for (const isLeftOver of [false, true]) {
  const what = isLeftOver ? "left over" : "new";
  Deno.test(`Pipeline() buries no ${what} event for a disk that was full for long`, async () => {
    using folder = tempDatabase();
    const clock = new VirtualClock();
    {
      await using pipeline = open(folder.path, clock);
      using full = failStatements("insert into trace_blocks");
      await pipeline.accept(promptTexts(10), []);
      if (!isLeftOver) await passMinutes(clock, 15);
      full[Symbol.dispose]();
      if (!isLeftOver) await passTime(clock, pipeline.drain());
    }
    if (isLeftOver) {
      using full = failStatements("insert into trace_blocks");
      await using pipeline = open(folder.path, clock);
      await pipeline.resume();
      await passMinutes(clock, 15);
      full[Symbol.dispose]();
      await passTime(clock, pipeline.drain());
    }

    assert.deepEqual(readFile(folder.path, deadLetters), []);
    assert.equal(readFile(folder.path, storedIds).length, 10);
  });
}

Deno.test("Pipeline.accept() loses nothing of a batch, when one is no event", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);

  await pipeline.accept(promptTexts(150), []);
  await pipeline.accept([...promptTexts(150, 150), "no event", ...promptTexts(50, 300)], []);
  await passTime(pipeline.clock, pipeline.drain());

  assert.equal(readFile(folder.path, storedIds).length, 350);
  assert.equal(readFile(folder.path, derivedRows).input_sums[0]?.count, 350);
  assert.deepEqual(readFile(folder.path, deadLetters).map(({ body }) => body), [null]);
});

Deno.test("Pipeline.drain() buries a block alone, when its sums are refused", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  readFile(folder.path, (db) =>
    db.exec(
      `create trigger refused before insert on input_sums
       when new.session = (select id from sessions where session_id = 'bad')
       begin select raise(abort, 'no'); end`,
    ));
  const bad = encodeEvent(makePrompt({ id: "bad", session: "bad" }));

  await pipeline.accept([...promptTexts(100), bad, ...promptTexts(99, 100)], []);
  await passTime(pipeline.clock, pipeline.drain());

  const [sum] = readFile(folder.path, derivedRows).input_sums;
  assert.equal(sum?.count, 100);
  const letters = readFile(folder.path, deadLetters);
  assert.deepEqual(letters.map(({ consumers }) => consumers), ["metrics"]);
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

  await pipeline.resume();
  await pipeline.drain();

  assert.equal(readFile(folder.path, storedIds).length, 250);
  assert.equal(readFile(folder.path, derivedRows).input_sums[0]?.count, 250);
});

Deno.test("Pipeline() lets fine tiers expire, while it runs for days", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  await pipeline.accept(promptTexts(1), []);
  await pipeline.drain();

  pipeline.clock.advance(2 * DAY_MS);
  const late = makePrompt({ id: "late", at: pipeline.clock.now() });
  await pipeline.accept([encodeEvent(late)], []);
  await pipeline.drain();

  const { input_sums } = readFile(folder.path, derivedRows);
  const minutes = input_sums.filter(({ tier }) => tier === 60);
  assert.deepEqual(minutes.map(({ bucket }) => bucket), [late.timestamp]);
});

Deno.test("Pipeline.resume() removes letters that are seven days dead", async () => {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  const counts: number[] = [];
  for (const days of [0, 6, 2]) {
    clock.advance(days * DAY_MS);
    await using pipeline = open(folder.path, clock);
    await pipeline.resume();
    if (days === 0) await pipeline.accept(["poison"], []);
    await passTime(clock, pipeline.drain());
    counts.push(readFile(folder.path, deadLetters).length);
  }

  assert.deepEqual(counts, [1, 1, 0]);
});

Deno.test("Pipeline.expireHourly() does the same, while nothing comes for days", async () => {
  using folder = tempDatabase();
  await using pipeline = open(folder.path);
  const { clock } = pipeline;
  const count = () => readFile(folder.path, deadLetters).length;
  await pipeline.accept(["poison"], []);
  await passTime(clock, pipeline.drain());
  const expiring = pipeline.expireHourly();

  await passHours(clock, 7 * 24 - 1);
  const before = count();
  await passHours(clock, 2);
  const after = count();
  await pipeline[Symbol.asyncDispose]();
  await expiring;

  assert.deepEqual([before, after], [1, 0]);
});

Deno.test("Pipeline() rejects who waits, when it is closed", async () => {
  using folder = tempDatabase();
  const pipeline = open(folder.path);
  await pipeline.accept(["poison"], []);
  const waiting = assert.rejects(pipeline.drain(), {
    message: "Cannot store events: the pipeline is closed",
  });
  await nextTurn();

  await pipeline[Symbol.asyncDispose]();

  await waiting;
});

Deno.test("Pipeline.command() comes to an end, at whatever moment it is closed", async () => {
  const waiting: number[] = [];
  for (let ticks = 0; ticks < 60; ticks += ticks < 10 ? 1 : 7) {
    using folder = tempDatabase();
    {
      using parts = openParts(folder.path);
      promptTexts(250).forEach((body, i) =>
        parts.letters.add(EVENTS, { id: `${i}`, body, attempts: 3 }, undefined)
      );
    }
    const pipeline = open(folder.path);
    let isSettled = false;
    const settle = () => void (isSettled = true);
    pipeline.command("replay", { all: true }).then(settle, settle);
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();

    await pipeline[Symbol.asyncDispose]();
    for (let turn = 0; turn < 5; turn++) await nextTurn();

    if (!isSettled) waiting.push(ticks);
  }

  assert.deepEqual(waiting, []);
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

async function passMinutes(clock: VirtualClock, minutes: number): Promise<void> {
  for (let second = 0; second < 60 * minutes; second++) {
    await nextTurn();
    clock.advance(1000);
  }
}

async function passHours(clock: VirtualClock, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    clock.advance(3_600_000);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
  }
}

/** Lets this many jobs of the microtask queue go before. */
async function hop(hops: number): Promise<void> {
  for (let i = 0; i < hops; i++) await Promise.resolve();
}

/** Announced blocks that the first group has not taken. */
function countUnfolded(db: Database): number {
  const { left } = db.prepare(
    `select ifnull(max(e.id), 0) - min(g.position) as left
     from stream_groups g left join stream_entries e on e.stream = g.stream
     where g.stream = 2 and g.name = 'metrics'`,
  ).get()!;
  return Number(left);
}
