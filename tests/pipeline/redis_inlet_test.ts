/** Tests of the way into Redis; `redis_queue_test.ts` and `redis_intake_test.ts` try it whole. */

import assert from "node:assert/strict";
import { readCheckpoints } from "../../core/checkpoints.ts";
import { openWriter } from "../../core/open_writer.ts";
import { QueueLostError } from "../../core/intake.ts";
import { Words } from "../../core/words.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { EPOCH, RedisInlet } from "../../pipeline/redis_inlet.ts";
import { decodeMark } from "../../pipeline/source_mark.ts";
import { promptTexts } from "../helpers/events.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();

/** An inlet that renews as a server does, whose broker does what the test says. */
function makeStage() {
  const folder = tempDatabase();
  const connection = new RedisConnection({
    url: redis.server.url,
    namespace: crypto.randomUUID(),
  });
  const db = openWriter(folder.path);
  const published: string[] = [];
  const broker = {
    publish: async (bodies: readonly string[]) => void published.push(...bodies),
  };
  const inlet = new RedisInlet({
    connection,
    broker,
    db,
    words: new Words(db),
    machine: "aaaaaaaa",
    renew: async (run) => {
      const epoch = `${run}:${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
      await connection.run((client) => client.set(connection.key(EPOCH), epoch));
      return { epoch, marks: [] };
    },
  });
  return {
    inlet,
    broker,
    published,
    lose: () => connection.run((client) => client.del(connection.key(EPOCH))),
    marks: () => published.flatMap((body) => decodeMark(body) ?? []),
    positions: () => [...readCheckpoints(db).values()].map(({ position }) => position),
    [Symbol.asyncDispose]: async () => {
      db.close();
      await connection[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("RedisInlet.accept() names the epoch in what it publishes", async () => {
  await using stage = makeStage();
  await stage.inlet.open();

  await stage.inlet.accept(promptTexts(3), [makeCheckpoint({ position: 7 })]);

  const epoch = await stage.inlet.epoch();
  assert.deepEqual(stage.marks().map((mark) => [mark.epoch, mark.checkpoint.position]), [
    [epoch, 7],
  ]);
  assert.equal(stage.published.length, 4);
  assert.deepEqual(stage.positions(), [7]);
});

Deno.test("RedisInlet.accept() publishes no position, when an event is refused", async () => {
  await using stage = makeStage();
  await stage.inlet.open();
  stage.broker.publish = async ([_refused, ...bodies]) => {
    stage.published.push(...bodies);
    throw new RedisError("Cannot use Redis: its memory is full");
  };

  const accept = () => stage.inlet.accept(promptTexts(3), [makeCheckpoint({ position: 7 })]);
  await assert.rejects(accept, RedisError);

  assert.equal(stage.published.length, 2);
  assert.deepEqual(stage.marks(), []);
  assert.deepEqual(stage.positions(), []);
});

Deno.test("RedisInlet.accept() notes nothing, when all was lost while it published", async () => {
  await using stage = makeStage();
  await stage.inlet.open();
  const before = await stage.inlet.epoch();
  stage.broker.publish = async (bodies) => {
    stage.published.push(...bodies);
    if (bodies.length !== 1) return;
    // Somebody else finds out, and his sources have gone back already.
    await stage.lose();
    await stage.inlet.check();
    stage.inlet.rewound();
  };

  const accept = () => stage.inlet.accept(promptTexts(3), [makeCheckpoint({ position: 7 })]);
  await assert.rejects(accept, QueueLostError);

  assert.deepEqual(stage.positions(), []);
  assert.deepEqual(stage.marks().map(({ epoch }) => epoch), [before]);
  assert.notEqual(await stage.inlet.epoch(), before);
});

Deno.test("RedisInlet.epoch() finds out that all was lost, and goes back", async () => {
  await using stage = makeStage();
  await stage.inlet.open();
  const before = await stage.inlet.epoch();
  await stage.lose();

  assert.notEqual(await stage.inlet.epoch(), before);

  await assert.rejects(() => stage.inlet.accept([], []), QueueLostError);
});
