/** Tests of the way into Redis: what is accepted, and in which memory. */

import assert from "node:assert/strict";
import { readCheckpoints } from "../../core/checkpoints.ts";
import { openWriter } from "../../core/open_writer.ts";
import { QueueLostError } from "../../core/intake.ts";
import { Words } from "../../core/words.ts";
import { RedisBroker } from "../../pipeline/redis_broker.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { EPOCH, RedisInlet } from "../../pipeline/redis_inlet.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { makeCheckpoint } from "./port_contract.ts";

const redis = sharedRedis();
const stages = { count: 0 };

function openStage() {
  const db = openWriter(":memory:");
  const namespace = `blueplane:inlet${stages.count++}`;
  const connection = new RedisConnection({ url: redis.server.url, namespace });
  const stream = "telemetry:events", group = "processors", consumer = "test";
  const broker = new RedisBroker({ connection, stream, group, consumer });
  const renewals: (string | null)[] = [];
  const stage = {
    db,
    connection,
    broker,
    renewals,
    marks: [makeCheckpoint({ position: 5 })],
    open: () =>
      new RedisInlet({
        connection,
        broker,
        db,
        words: new Words(db),
        machine: "aaaaaaaa",
        renew: async (run, found) => {
          renewals.push(found);
          const epoch = `${run}:${renewals.length}`;
          await connection.run((client) => client.set(connection.key(EPOCH), epoch));
          return { epoch, marks: stage.marks };
        },
      }),
    position: () => readCheckpoints(db).get("file1")?.position,
    [Symbol.asyncDispose]: async () => {
      db.close();
      await connection[Symbol.asyncDispose]();
    },
  };
  return stage;
}

Deno.test("RedisInlet.open() renews once, and goes back to the marks", async () => {
  await using stage = openStage();
  const inlet = stage.open();

  await Promise.all([inlet.open(), inlet.check(), inlet.check()]);

  assert.deepEqual(stage.renewals, [null]);
  assert.equal(stage.position(), 5);
});

Deno.test("RedisInlet.open() renews nothing, when another process was there before", async () => {
  await using stage = openStage();
  await stage.open().open();
  const inlet = stage.open();

  await inlet.open();
  await inlet.accept(["a"], [makeCheckpoint({ position: 9 })]);

  assert.equal(stage.renewals.length, 1);
  assert.equal(stage.position(), 9);
});

Deno.test("RedisInlet.accept() accepts nothing that went into another memory", async () => {
  await using stage = openStage();
  const inlet = stage.open();
  await inlet.open();
  await inlet.accept(["a"], [makeCheckpoint({ position: 9 })]);
  await stage.connection.run((client) => client.flushall());

  const batches = [inlet.accept(["b"], []), inlet.accept(["c"], [makeCheckpoint()])];
  for (const { status, reason } of await Promise.allSettled(batches) as PromiseRejectedResult[]) {
    assert.equal(status, "rejected");
    assert.ok(reason instanceof QueueLostError);
  }
  assert.equal(stage.position(), 5);
  inlet.rewound();
  await inlet.accept(["b", "c"], [makeCheckpoint({ position: 11 })]);

  assert.equal(stage.position(), 11);
  assert.equal(stage.renewals.length, 2);
});

Deno.test("RedisInlet.accept() publishes marks behind events, no transient one", async () => {
  await using stage = openStage();
  const inlet = stage.open();
  await inlet.open();

  await inlet.accept(["a", "b"], [makeCheckpoint({ id: "spool", transient: true })]);

  const bodies = (await stage.broker.take(9)).map(({ body }) => body.slice(0, 9));
  assert.deepEqual(bodies, ["a", "b", '{"source"']);
  assert.equal(readCheckpoints(stage.db).has("spool"), false);
});
