/** Tests of the queue in Redis, through a pipeline that takes from it. */

import assert from "node:assert/strict";
import { type Checkpoint, readCheckpoints } from "../../core/checkpoints.ts";
import { dirname } from "node:path";
import { QueueLostError } from "../../core/intake.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import {
  redisQueue,
  type RedisQueueSettings,
  STORED,
  storedField,
} from "../../pipeline/redis_queue.ts";
import { EPOCH } from "../../pipeline/redis_inlet.ts";
import { encodeMark } from "../../pipeline/source_mark.ts";
import { encodeEvent } from "../../core/event.ts";
import { systemClock } from "../../core/clock.ts";
import { makePrompt, promptTexts, TABLES } from "../helpers/events.ts";
import { patchCommands, unreachableError, watchCommands } from "../helpers/redis_faults.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { makeCheckpoint, testPort } from "./port_contract.ts";
import { deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();
const own = "aaaaaaaa", other = "bbbbbbbb";

// What a file's folder is called is no one else's.
function settingsOf(path: string, machine = own): RedisQueueSettings {
  const name = path.split("/").at(-2)!.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return { url: redis.server.url, namespace: `blueplane:${name}`, machine };
}

testPort(
  "RedisQueue",
  ({ path, ...rest }) => new PipelineThread({ path, ...rest, redis: settingsOf(path) }),
);

async function openPipeline(path: string, settings = settingsOf(path)): Promise<Pipeline> {
  const makeQueue = redisQueue(settings);
  const pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock, makeQueue });
  try {
    await pipeline.resume();
  } catch (error) {
    await pipeline[Symbol.asyncDispose]();
    throw error;
  }
  return pipeline;
}

function positions(path: string): string[] {
  const found = readFile(path, (db) => readCheckpoints(db));
  return [...found.values()].map(({ id, position }) => `${id} ${position}`).sort();
}

function storedPositions(path: string, machine = own): string[] {
  return readFile(path, (db) =>
    db.prepare(
      `select id || ' ' || json_extract(mark, '$.position') as text from stored_sources
       where machine = ? order by id`,
    ).all(machine)).map(({ text }) => String(text));
}

/** Goes back as often as the queue was lost, as a reader does. */
async function acceptAgain(
  pipeline: Pipeline,
  events: readonly string[],
  checkpoint: Checkpoint,
  before = () => {},
): Promise<void> {
  await until("it is accepted again", async () => {
    try {
      before();
      await pipeline.accept(events, [checkpoint]);
      return true;
    } catch (error) {
      if (error instanceof QueueLostError) await pipeline.rewound();
      else if (!(error instanceof RedisError)) throw error;
      return false;
    }
  });
}

/** How often the one entry that waits was handed out. */
async function attemptsOf(settings: RedisQueueSettings): Promise<number> {
  await using connection = new RedisConnection(settings);
  const key = connection.key("telemetry:events");
  const pending = await connection.run((client) =>
    client.xpending(key, "processors", "-", "+", 10)
  ) as unknown[][];
  return Number(pending[0]?.[3] ?? 0);
}
Deno.test("RedisQueue() ends well, when Redis is away by then", async () => {
  using folder = tempDatabase();
  const pipeline = await openPipeline(folder.path);
  {
    using _commands = watchCommands(() => Promise.reject(unreachableError()));

    await pipeline[Symbol.asyncDispose]();
  }

  const files = [...Deno.readDirSync(dirname(folder.path))].map(({ name }) => name);
  assert.deepEqual(files, ["telemetry.db"]);
});

Deno.test("RedisQueue.tend() keeps the right to process, when the clock is set back", async () => {
  using folder = tempDatabase();
  using commands = patchCommands(undefined);
  const clock = new VirtualClock();
  const settings = settingsOf(folder.path);
  const makeQueue = redisQueue(settings);
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock, makeQueue });
  await pipeline.resume();
  await using side = new RedisConnection(settings);
  await commands.settled();
  await side.client.del(side.key("processor"));

  clock.setBack(3_600_000);
  clock.advance(100);
  await commands.settled();

  assert.notEqual(await side.client.get(side.key("processor")), null);
});

Deno.test("RedisQueue() is left alone, while all waits for another attempt", async () => {
  using folder = tempDatabase();
  using commands = patchCommands(undefined);
  const clock = new VirtualClock();
  const makeQueue = redisQueue(settingsOf(folder.path));
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock, makeQueue });
  await pipeline.resume();

  await pipeline.accept(["poison"], []);
  const drained = assert.rejects(pipeline.drain(), /the pipeline is closed/);
  await commands.settled();

  assert.notEqual(clock.nextAt(), undefined);
  assert.deepEqual(readFile(folder.path, deadLetters), []);
  await pipeline[Symbol.asyncDispose]();
  await drained;
});

Deno.test("RedisQueue() stores positions with the events before them", async () => {
  using folder = tempDatabase();
  await using pipeline = await openPipeline(folder.path);

  await pipeline.accept(promptTexts(300), [makeCheckpoint({ position: 7 })]);
  await pipeline.drain();

  assert.deepEqual(positions(folder.path), ["file1 7"]);
  assert.deepEqual(storedPositions(folder.path), ["file1 7"]);
  assert.equal(readFile(folder.path, storedIds).length, 300);
});

Deno.test("RedisQueue.accept() goes back to what is stored, when Redis lost all", async () => {
  using folder = tempDatabase();
  await using connection = new RedisConnection(settingsOf(folder.path));
  await using pipeline = await openPipeline(folder.path);
  await pipeline.accept(promptTexts(10), [makeCheckpoint({ position: 7 })]);
  await pipeline.drain();
  await connection.run((client) => client.flushall());

  const lost = () => pipeline.accept(promptTexts(10, 10), [makeCheckpoint({ position: 9 })]);
  await assert.rejects(lost, QueueLostError);
  await assert.rejects(lost, QueueLostError);
  assert.deepEqual(positions(folder.path), ["file1 7"]);
  await pipeline.rewound();
  await lost();
  await pipeline.drain();

  assert.equal(readFile(folder.path, storedIds).length, 20);
  assert.deepEqual(storedPositions(folder.path), ["file1 9"]);
});

Deno.test("RedisQueue() keeps the order, when Redis is away after a batch was taken", async () => {
  using folder = tempDatabase();
  await using side = new RedisConnection(settingsOf(folder.path));
  let isLost = false;
  using commands = watchCommands(async (what, send) => {
    if (isLost) throw unreachableError();
    const answer = await send();
    isLost = what === "xreadgroup" && answer !== null && !wasLost;
    wasLost ||= isLost;
    if (isLost) throw unreachableError();
    return answer;
  });
  let wasLost = false;
  const clock = new VirtualClock();
  const makeQueue = redisQueue(settingsOf(folder.path));
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock, makeQueue });
  await pipeline.resume();
  await pipeline.accept(promptTexts(1), []).catch(() => {});
  await commands.settled();

  isLost = false;
  await side.client.xadd(side.key("telemetry:events"), "*", "body", promptTexts(1, 1)[0]!);
  clock.advance(1000);
  await commands.settled();

  assert.ok(wasLost);
  assert.deepEqual(readFile(folder.path, storedIds), ["p0", "p1"]);
});

Deno.test("RedisQueue.open() goes back, when Redis lost all before", async () => {
  using folder = tempDatabase();
  await using connection = new RedisConnection(settingsOf(folder.path));
  {
    await using pipeline = await openPipeline(folder.path);
    await pipeline.accept(promptTexts(10), [makeCheckpoint({ position: 7 })]);
    await pipeline.drain();
  }
  // Accepted, and never taken.
  await connection.run((client) => client.flushall());

  await using pipeline = await openPipeline(folder.path);
  await pipeline.accept(promptTexts(10, 10), [makeCheckpoint({ position: 9 })]);
  await pipeline.drain();

  assert.equal(readFile(folder.path, storedIds).length, 20);
});

Deno.test("RedisQueue.open() refuses, while another database processes there", async () => {
  using folder = tempDatabase();
  using second = tempDatabase();
  const settings = settingsOf(folder.path);
  {
    await using _pipeline = await openPipeline(folder.path);
    await assert.rejects(() => openPipeline(second.path, settings), (error) => {
      assert.ok(error instanceof RedisError);
      assert.match(error.message, /another data folder does/);
      return true;
    });
  }
  // It ended in peace.
  await using _pipeline = await openPipeline(second.path, settings);
});

Deno.test("RedisQueue.open() stores what the embedded queue held, and goes on there", async () => {
  using folder = tempDatabase();
  {
    await using pipeline = new Pipeline({
      path: folder.path,
      tables: TABLES,
      clock: systemClock,
    });
    await pipeline.accept(promptTexts(50), [makeCheckpoint({ position: 7 })]);
  }

  {
    await using pipeline = await openPipeline(folder.path);
    await pipeline.accept([], []);
    await pipeline.drain();
    assert.equal(readFile(folder.path, storedIds).length, 50);
    assert.deepEqual(positions(folder.path), ["file1 7"]);
    await pipeline.accept(promptTexts(50, 50), [makeCheckpoint({ position: 9 })]);
  }
  // Whatever Redis still holds is read again, as it is off now.
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock: systemClock });
  await pipeline.resume();
  assert.deepEqual(positions(folder.path), storedPositions(folder.path));
});

Deno.test("RedisQueue.tend() tells other machines how far they are stored", async () => {
  using folder = tempDatabase();
  const settings = settingsOf(folder.path);
  await using connection = new RedisConnection(settings);
  await using pipeline = await openPipeline(folder.path);
  const mark = makeCheckpoint({ position: 40 });
  const epoch = (await connection.run((client) => client.get(connection.key(EPOCH))))!;

  await connection.run((client) =>
    client.xadd(
      connection.key("telemetry:events"),
      "*",
      "body",
      encodeMark({ machine: other, epoch, checkpoint: mark }),
    )
  );
  await pipeline.drain();

  const told = () =>
    connection.run((client) => client.hget(connection.key(STORED), storedField(other, mark.id)));
  await until("it is told", async () => await told() !== null);
  assert.deepEqual(JSON.parse(await told() ?? ""), mark);
  assert.deepEqual(positions(folder.path), []);
});

Deno.test("RedisQueue() believes no position, when Redis lost what was before it", async () => {
  using folder = tempDatabase();
  const settings = settingsOf(folder.path);
  await using connection = new RedisConnection(settings);
  await using pipeline = await openPipeline(folder.path);
  const epoch = (await connection.run((client) => client.get(connection.key(EPOCH))))!;
  const publish = (position: number, ids: number) => {
    const mark = { machine: other, epoch, checkpoint: makeCheckpoint({ position }) };
    const bodies = [...promptTexts(10, ids), encodeMark(mark)];
    return connection.run((client) => {
      const adding = client.multi();
      for (const body of bodies) {
        adding.xadd(connection.key("telemetry:events"), "*", "body", body);
      }
      return adding.exec();
    });
  };
  await publish(7, 0);
  await pipeline.drain();

  // As of one that does not know yet, while lines 8 and 9 are gone with the rest.
  await connection.run((client) => client.flushall());
  await publish(11, 20);
  await until("it is stored", () => readFile(folder.path, storedIds).length === 20);
  await pipeline.drain();

  assert.deepEqual(storedPositions(folder.path, other), ["file1 7"]);
});

Deno.test("RedisQueue() notes positions again, when it stored what Redis then lost", async () => {
  using folder = tempDatabase();
  await using server = await RedisServer.start();
  const settings = { ...settingsOf(folder.path), url: server.url };
  await using pipeline = await openPipeline(folder.path, settings);
  // What is refused stays taken, and is lost before it is tried again.
  await pipeline.accept(["no event"], []);
  await until("it was tried", async () => await attemptsOf(settings) === 1);

  await server.flush();
  await acceptAgain(pipeline, promptTexts(10), makeCheckpoint({ position: 9 }));
  await pipeline.drain();

  assert.deepEqual(storedPositions(folder.path), ["file1 9"]);
});

Deno.test("RedisQueue.open() tells other machines what the run before did not", async () => {
  using folder = tempDatabase();
  const settings = settingsOf(folder.path);
  await using side = new RedisConnection(settings);
  const mark = makeCheckpoint({ position: 40 });
  const told = () => side.client.hget(side.key(STORED), storedField(other, mark.id));
  {
    await using pipeline = await openPipeline(folder.path);
    const epoch = await side.client.get(side.key(EPOCH)) ?? "";
    const body = encodeMark({ machine: other, epoch, checkpoint: mark });
    await side.client.xadd(side.key("telemetry:events"), "*", "body", body);
    await pipeline.drain();
  }
  assert.notEqual(await told(), null);
  await side.client.del(side.key(STORED));

  await using _pipeline = await openPipeline(folder.path);

  await until("it is told", async () => await told() !== null);
});

Deno.test("RedisQueue() goes on after a restart of Redis, when that lost all", async () => {
  using folder = tempDatabase();
  await using server = await RedisServer.start();
  const makeQueue = redisQueue({ ...settingsOf(folder.path), url: server.url });
  await using pipeline = new Pipeline({
    path: folder.path,
    tables: TABLES,
    clock: systemClock,
    makeQueue,
  });
  await pipeline.resume();
  await pipeline.accept(promptTexts(100), [makeCheckpoint({ position: 7 })]);

  await server.restart();

  let at = 0;
  await acceptAgain(pipeline, promptTexts(200), makeCheckpoint({ position: 9 }), () => {
    at = readFile(folder.path, (db) => readCheckpoints(db)).get("file1")?.position ?? 0;
  });
  await pipeline.drain();

  assert.ok(at === 0 || at === 7, String(at));
  assert.equal(readFile(folder.path, storedIds).length, 200);
  assert.deepEqual(readFile(folder.path, deadLetters), []);
});

Deno.test("RedisQueue() holds a mark back, while an event before it is tried again", async () => {
  using folder = tempDatabase();
  await using pipeline = await openPipeline(folder.path);

  const good = encodeEvent(makePrompt({ id: "a" }));
  await pipeline.accept([good, "no event"], [makeCheckpoint({ position: 7 })]);
  await until("the good one is stored", () => readFile(folder.path, storedIds).length === 1);
  assert.deepEqual(storedPositions(folder.path), []);
  await pipeline.drain();

  assert.deepEqual(storedPositions(folder.path), ["file1 7"]);
  assert.equal(readFile(folder.path, deadLetters).length, 1);
});
