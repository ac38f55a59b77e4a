/** Tests of the intake of a machine that only captures, beside a server that processes. */

import assert from "node:assert/strict";
import { readCheckpoints } from "../../core/checkpoints.ts";
import { systemClock } from "../../core/clock.ts";
import { readUnread } from "../../core/files_found.ts";
import { QueueLostError } from "../../core/intake.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { RedisIntake, type RedisIntakeOptions } from "../../pipeline/redis_intake.ts";
import { redisQueue, type RedisQueueSettings } from "../../pipeline/redis_queue.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();

/** Two machines: the folder of the one that processes names the part of Redis. */
function makeStage() {
  const server = tempDatabase(), laptop = tempDatabase();
  const name = server.path.split("/").at(-2)!.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const settings = (machine: string): RedisQueueSettings => ({
    url: redis.server.url,
    namespace: `blueplane:${name}`,
    machine,
  });
  return {
    connection: () => new RedisConnection(settings("")),
    async processor(path = server.path) {
      const makeQueue = redisQueue(settings("aaaaaaaa"));
      const pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock, makeQueue });
      await pipeline.resume();
      return pipeline;
    },
    intake: (more: Partial<RedisIntakeOptions> = {}) =>
      new RedisIntake({
        ...settings("bbbbbbbb"),
        path: laptop.path,
        clock: systemClock,
        ...more,
      }),
    position: () => readFile(laptop.path, (db) => readCheckpoints(db)).get("file1")?.position,
    unread: () => readFile(laptop.path, readUnread),
    storedIds: () => readFile(server.path, storedIds),
    [Symbol.dispose]: () => {
      server[Symbol.dispose]();
      laptop[Symbol.dispose]();
    },
  };
}

Deno.test("RedisIntake.accept() publishes to the server that processes", async () => {
  using stage = makeStage();
  await using pipeline = await stage.processor();
  await using intake = stage.intake();
  await intake.open();

  await intake.accept(promptTexts(20), [makeCheckpoint({ position: 7 })]);
  await pipeline.drain();

  assert.equal(stage.storedIds().length, 20);
  assert.equal(stage.position(), 7);
  await until("it is told", async () => await intake.storedPosition("file1") === 7);
});

Deno.test("RedisIntake.open() says what to do, when nobody processes there", async () => {
  using stage = makeStage();
  await using intake = stage.intake();

  await assert.rejects(() => intake.open(), (error) => {
    assert.ok(error instanceof RedisError);
    assert.match(error.message, /no server with the key of this machine/);
    return true;
  });
});

Deno.test("RedisIntake.noteUnread() notes how many files are not read here", async () => {
  using stage = makeStage();
  await using intake = stage.intake();

  await intake.noteUnread(41);

  assert.equal(stage.unread(), 41);
});

Deno.test("RedisIntake.accept() goes on, while the server is away", async () => {
  using stage = makeStage();
  await using intake = stage.intake();
  {
    await using _pipeline = await stage.processor();
    await intake.open();
  }

  await intake.accept(promptTexts(20), [makeCheckpoint({ position: 7 })]);
  await using pipeline = await stage.processor();
  await pipeline.drain();

  assert.equal(stage.storedIds().length, 20);
});

Deno.test("RedisIntake.accept() says how many wait, until there is room", async () => {
  using stage = makeStage();
  const told: number[] = [];
  await using intake = stage.intake({ onFull: (waiting) => told.push(waiting) });
  {
    await using _pipeline = await stage.processor();
    await intake.open();
  }
  await intake.accept(promptTexts(100), []);
  assert.deepEqual(told, []);
  const accepting = intake.accept(promptTexts(5000, 100), [makeCheckpoint({ position: 7 })]);
  await until("it waits", () => told.length > 1);
  await using pipeline = await stage.processor();

  await accepting;

  await pipeline.drain();
  assert.deepEqual(
    told.map((waiting) => waiting > 5000),
    told.map((_, i) => i + 1 < told.length),
  );
  assert.equal(told.pop(), 0);
  assert.equal(stage.storedIds().length, 5100);
});

Deno.test("RedisIntake.accept() waits no longer for room, when that is ended", async () => {
  using stage = makeStage();
  const stop = new AbortController();
  const told: number[] = [];
  const onFull = (waiting: number) => {
    told.push(waiting);
    stop.abort();
  };
  await using intake = stage.intake({ onFull, signal: stop.signal });
  {
    await using _pipeline = await stage.processor();
    await intake.open();
  }

  await intake.accept(promptTexts(5100), [makeCheckpoint({ position: 7 })]);

  assert.deepEqual([told, stage.position()], [[5101], 7]);
  await using pipeline = await stage.processor();
  await pipeline.drain();
  assert.equal(stage.storedIds().length, 5100);
});

Deno.test("RedisIntake.accept() goes back to what is stored, when Redis lost all", async () => {
  using stage = makeStage();
  await using connection = stage.connection();
  await using intake = stage.intake();
  {
    await using pipeline = await stage.processor();
    await intake.open();
    await intake.accept(promptTexts(10), [makeCheckpoint({ position: 7 })]);
    await pipeline.drain();
    await until("it is told", async () => await intake.storedPosition("file1") === 7);
  }
  await intake.accept(promptTexts(10, 10), [makeCheckpoint({ position: 9 })]);
  await connection.run((client) => client.flushall());

  const again = () => intake.accept(promptTexts(10, 10), [makeCheckpoint({ position: 9 })]);
  // Nobody can say what is stored.
  await assert.rejects(again, RedisError);
  await using pipeline = await stage.processor();
  await assert.rejects(again, QueueLostError);
  assert.equal(stage.position(), 7);
  await intake.rewound();
  await again();
  await pipeline.drain();

  assert.equal(stage.storedIds().length, 20);
  assert.equal(stage.position(), 9);
});

Deno.test("RedisIntake.accept() loses nothing, when Redis lost all in between", async () => {
  using stage = makeStage();
  await using connection = stage.connection();
  await using intake = stage.intake();
  {
    await using _pipeline = await stage.processor();
    await intake.open();
  }
  await intake.accept(promptTexts(10), [makeCheckpoint({ position: 7 })]);
  await connection.client.flushall();
  const next = () => intake.accept(promptTexts(10, 10), [makeCheckpoint({ position: 9 })]);
  // It got there all the same.
  await assert.rejects(next, RedisError);
  await using pipeline = await stage.processor();
  await pipeline.drain();

  await assert.rejects(next, QueueLostError);
  assert.equal(stage.position(), undefined);
});

Deno.test("RedisIntake.open() begins anew, when the server has another database", async () => {
  using stage = makeStage();
  using second = tempDatabase();
  await using intake = stage.intake();
  {
    await using pipeline = await stage.processor();
    await intake.open();
    await intake.accept(promptTexts(10), [makeCheckpoint({ position: 7 })]);
    await pipeline.drain();
  }

  await using _pipeline = await stage.processor(second.path);
  await intake.open();

  assert.equal(stage.position(), undefined);
});

Deno.test("RedisIntake.accept() waits, while the queue is deep", async () => {
  using stage = makeStage();
  await using intake = stage.intake();
  {
    await using _pipeline = await stage.processor();
    await intake.open();
  }
  let isAccepted = false;

  const accepting = intake.accept(promptTexts(6000), []).then(() => isAccepted = true);
  await using connection = stage.connection();
  await until(
    "all is published",
    async () =>
      await connection.run((client) => client.xlen(connection.key("telemetry:events"))) === 6000,
  );
  assert.equal(isAccepted, false);
  await using pipeline = await stage.processor();
  await accepting;
  await pipeline.drain();

  assert.equal(stage.storedIds().length, 6000);
});
