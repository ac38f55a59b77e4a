/** Tests of `pipeline/redis_broker.ts`; its model test is `redis_broker_model_test.ts`. */

import assert from "node:assert/strict";
import type { Broker } from "../../core/broker.ts";
import { testBroker } from "../helpers/broker_contract.ts";
import { LEASE_MS } from "../helpers/broker_stage.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";
import { openRedisStage, type RedisStage } from "./redis_stage.ts";

const redis = sharedRedis();

testBroker("RedisBroker", () => openRedisStage(redis.server));

Deno.test("RedisBroker() does all it can, when Redis has neither stream nor group", async () => {
  await using stage = await openRedisStage(redis.server);
  const { broker, connection, key } = stage;
  const answers: unknown[] = [];

  for (
    const use of [
      () => broker.take(1),
      () => broker.depth(),
      () => broker.ack(["1-1"]),
      () => broker.release(["1-1"], 0),
      () => broker.releaseAll(),
    ]
  ) {
    await connection.run((client) => client.del(key));
    answers.push(await use());
  }
  await connection.run((client) => client.del(key));
  await broker.publish(["a"]);

  assert.deepEqual(answers, [[], 0, undefined, undefined, undefined]);
  assert.deepEqual(await bodiesOf(broker), ["a"]);
});

Deno.test("RedisBroker.take() makes its group again, when it is lost at once", async () => {
  await using stage = await openRedisStage(redis.server);
  const { broker, connection, key } = stage;
  const { client } = connection;
  const xgroup = client.xgroup.bind(client) as (...args: unknown[]) => Promise<unknown>;
  let losses = 2;
  Object.assign(client, {
    xgroup: async (...args: unknown[]) => {
      const answer = await xgroup(...args);
      if (losses-- > 0) await client.del(key);
      return answer;
    },
  });

  assert.deepEqual(await broker.take(1), []);

  await broker.publish(["a"]);
  assert.deepEqual(await bodiesOf(broker), ["a"]);
});

Deno.test("RedisBroker.take() gives what a dead consumer had, after its lease", async () => {
  await using stage = await openRedisStage(redis.server);
  await stage.broker.publish(["a", "b"]);
  const [first] = await stage.broker.take(1);
  const other = stage.join(7);

  const before = await other.take(5);
  await stage.passTime(LEASE_MS);
  await other.release(before.map(({ id }) => id), LEASE_MS);
  const after = await other.take(5);

  assert.deepEqual(before.map(({ body }) => body), ["b"]);
  assert.deepEqual(after, [{ ...first!, attempts: 2 }]);
});

Deno.test("RedisBroker.take() gives nothing twice, when many take at once", async () => {
  await using stage = await openRedisStage(redis.server);
  const bodies = Array.from({ length: 400 }, (_, i) => `body ${i}`);
  await stage.broker.publish(bodies);
  const consumers = [1, 2, 3, 4].map((number) => stage.join(number));
  const takeAll = async () =>
    (await Promise.all(consumers.flatMap((broker) => [1, 2, 3, 4].map(() => broker.take(25)))))
      .flat();

  const fresh = await takeAll();
  await stage.passTime(LEASE_MS);
  const ranOut: typeof fresh = [];
  for (let taken = await takeAll(); taken.length > 0; taken = await takeAll()) {
    ranOut.push(...taken);
  }

  for (const taken of [fresh, ranOut]) {
    assert.deepEqual(taken.map(({ body }) => body).sort(), [...bodies].sort());
  }
  assert.equal(await countPending(stage), bodies.length);
});

Deno.test("RedisBroker.take() passes over what was deleted while it was leased", async () => {
  await using stage = await openRedisStage(redis.server);
  const { broker, connection, key } = stage;
  await broker.publish(["a", "b", "c", "d", "e"]);
  const ids = (await broker.take(5)).map(({ id }) => id);
  await stage.passTime(LEASE_MS);

  await connection.run((client) => client.xdel(key, ...[0, 1, 3].map((i) => ids[i]!)));

  assert.deepEqual(await bodiesOf(broker, 2), ["c"]);
  assert.deepEqual(await bodiesOf(broker, 2), ["e"]);
  assert.deepEqual(await bodiesOf(broker, 2), []);
  assert.equal(await countPending(stage), 2);
  assert.equal(await broker.depth(), 2);
});

Deno.test("RedisBroker.ack() leaves nothing in Redis of what is acknowledged", async () => {
  await using stage = await openRedisStage(redis.server);
  const { broker, connection, key } = stage;
  await broker.publish(Array.from({ length: 1200 }, (_, i) => `body ${i}`));
  const ids = (await broker.take(1200)).map(({ id }) => id);

  await broker.ack(ids);

  assert.equal(await connection.run((client) => client.xlen(key)), 0);
  assert.equal(await countPending(stage), 0);
});

Deno.test("RedisBroker.publish() keeps all of four that publish at once, in order", async () => {
  await using stage = await openRedisStage(redis.server);
  const publishers = [1, 2, 3, 4].map((number) => ({ number, broker: stage.join(number) }));
  const bodyOf = (number: number, i: number) => `${number}: ${i}`;

  await Promise.all(publishers.map(async ({ number, broker }) => {
    for (let from = 0; from < 3000; from += 750) {
      await broker.publish(Array.from({ length: 750 }, (_, i) => bodyOf(number, from + i)));
    }
  }));

  const bodies = await bodiesOf(stage.broker, 20_000);
  assert.equal(bodies.length, 12_000);
  for (const { number } of publishers) {
    assert.deepEqual(
      bodies.filter((body) => body.startsWith(`${number}:`)),
      Array.from({ length: 3000 }, (_, i) => bodyOf(number, i)),
    );
  }
});

Deno.test("RedisBroker() throws what Redis says, when it refuses", async () => {
  await using stage = await openRedisStage(redis.server);
  const { broker, connection, key } = stage;
  await connection.run((client) => client.set(key, "no stream"));
  const refused = { name: "RedisError", message: "Cannot use Redis: it answers WRONGTYPE" };

  await assert.rejects(() => broker.publish(["a"]), refused);
  await assert.rejects(() => broker.take(1), refused);
  await assert.rejects(() => broker.ack(["1-1"]), refused);
  await assert.rejects(() => broker.depth(), refused);
  await assert.rejects(() => broker.release(["1-1"], 0), refused);
  await assert.rejects(() => broker.releaseAll(), refused);
});

Deno.test("RedisBroker.publish() loses nothing, when the memory is full for a while", async () => {
  await using server = await RedisServer.start({ args: ["--maxmemory-policy", "noeviction"] });
  await using stage = await openRedisStage(server);
  await stage.broker.publish(["a"]);

  await server.command("CONFIG", "SET", "maxmemory", "1");
  await assert.rejects(() => stage.broker.publish(["b"]), {
    name: "RedisError",
    message: "Cannot use Redis: its memory is full",
  });
  await server.command("CONFIG", "SET", "maxmemory", "0");
  await stage.broker.publish(["b"]);

  assert.deepEqual(await bodiesOf(stage.broker), ["a", "b"]);
});

Deno.test("RedisBroker() keeps entries, leases and attempts, when Redis is killed", async () => {
  await using server = await RedisServer.start({ args: DURABLE });
  await using stage = await openRedisStage(server);
  await stage.broker.publish(["a", "b", "c", "d"]);
  const taken = await stage.broker.take(3);
  await stage.broker.ack([taken[1]!.id]);
  await stage.broker.release([taken[2]!.id], 0);

  await restart(server, stage);

  assert.equal(await stage.broker.depth(), 3);
  const again = [...await stage.broker.take(5), ...await stage.broker.take(5)];
  assert.deepEqual(again.map(({ body, attempts }) => body + attempts), ["c2", "d1"]);
  await stage.passTime(LEASE_MS);
  assert.deepEqual(await bodiesOf(stage.broker, 5), ["a", "d"]);
});

Deno.test("RedisBroker() begins anew, when Redis lost everything", async () => {
  await using server = await RedisServer.start();
  await using stage = await openRedisStage(server);
  await stage.broker.publish(["a", "b"]);
  const old = (await stage.broker.take(1)).map(({ id }) => id);

  await restart(server, stage);
  const depth = await stage.broker.depth();
  await stage.broker.publish(["c"]);
  await stage.broker.ack(old);

  assert.equal(depth, 0);
  assert.deepEqual(await bodiesOf(stage.broker), ["c"]);
  await stage.broker.ack(old);
  assert.equal(await stage.broker.depth(), 1);
});

const DURABLE = ["--appendonly", "yes", "--appendfsync", "always"];

async function bodiesOf(broker: Broker, max = 10): Promise<string[]> {
  return (await broker.take(max)).map(({ body }) => body);
}

async function restart(server: RedisServer, { connection }: RedisStage): Promise<void> {
  const { generation } = connection;
  await server.restart();
  await until("it is connected anew", () => connection.generation > generation);
}

async function countPending({ connection, key }: RedisStage): Promise<number> {
  const summary = await connection.run((client) => client.xpending(key, "processors"));
  return Number(summary[0]);
}
