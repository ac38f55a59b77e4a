/** Tests of how many events wait in Redis. */

import assert from "node:assert/strict";
import { readRedisDepth } from "../../cli/redis_depth.ts";
import { RedisBroker } from "../../pipeline/redis_broker.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisServer } from "../helpers/redis_server.ts";

Deno.test("readRedisDepth() gives nothing, while Redis is off", async () => {
  assert.equal(await readRedisDepth(undefined), undefined);
});

Deno.test("readRedisDepth() counts what waits, and says why where it cannot", async () => {
  await using server = await RedisServer.start();
  const settings = { url: server.url, namespace: "blueplane:depth", machine: "aaaaaaaa" };
  {
    await using connection = new RedisConnection(settings);
    const stream = "telemetry:events", group = "processors", consumer = "test";
    await new RedisBroker({ connection, stream, group, consumer }).publish(["a", "b"]);
  }

  assert.deepEqual(await readRedisDepth(settings), { events: 2 });
  await server.stop();

  assert.deepEqual(await readRedisDepth(settings), {
    events: null,
    trouble: "Cannot reach Redis: nothing listens at redis.url",
  });
});
