/** Tests of `pipeline/redis_connection.ts`, on a real redis-server. */

import assert from "node:assert/strict";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";

const redis = sharedRedis();

Deno.test("RedisConnection.key() keeps installations apart", async () => {
  await using one = new RedisConnection({ url: redis.server.url, namespace: "one" });
  await using other = new RedisConnection({ url: redis.server.url, namespace: "other" });

  await one.run((client) => client.set(one.key("name"), "value"));

  assert.equal(await other.run((client) => client.get(other.key("name"))), null);
});

Deno.test("RedisConnection.run() works again, after the server was killed", async () => {
  await using server = await RedisServer.start({ args: ["--appendonly", "yes"] });
  await using connection = new RedisConnection({ url: server.url, namespace: "test" });
  const key = connection.key("kept");
  await connection.run((client) => client.set(key, "value"));
  const { generation } = connection;

  await server.restart();

  assert.equal(await connection.run((client) => client.get(key)), "value");
  assert.ok(connection.generation > generation);
});
