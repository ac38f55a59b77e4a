/** Tests of reading all that lies in Redis. */

import { deepEqual } from "node:assert/strict";
import { readRedisValues, type RedisValue } from "../../pipeline/redis_values.ts";
import { sharedRedis } from "../helpers/redis_server.ts";

const redis = sharedRedis();

Deno.test("readRedisValues() reads every kind of value, of this installation alone", async () => {
  const { server } = redis;
  const mine = "{blueplane:0a[b]}", other = "{blueplane:other}";
  const values = Array.from({ length: 1200 }, (_, i) => `body ${i}`);
  for (const value of values.slice(0, 600)) {
    await server.command("XADD", `${mine}:stream`, "*", "body", value);
  }
  await server.command("HSET", `${mine}:hash`, "field", "value");
  await server.command("ZADD", `${mine}:ranks`, 3, "Edit");
  await server.command("SADD", `${mine}:set`, "member");
  await server.command("RPUSH", `${mine}:list`, "item");
  await server.command("SET", `${mine}:text`, "epoch");
  await server.command("SET", `${other}:text`, "another's");
  const found: RedisValue[] = [];

  await readRedisValues({ url: server.url, namespace: "blueplane:0a[b]" }, (value) => {
    found.push(value);
  });

  deepEqual(found.filter(({ key }) => key !== "stream"), [
    { key: "hash", value: "field" },
    { key: "hash", value: "value" },
    { key: "list", value: "item" },
    { key: "ranks", value: "Edit" },
    { key: "set", value: "member" },
    { key: "text", value: "epoch" },
  ]);
  const bodies = found.filter(({ key, value }) => key === "stream" && value !== "body");
  deepEqual(bodies.map(({ value }) => value), values.slice(0, 600));
});
