/**
 * Everything that lies in Redis under the keys of this installation, for who examines it.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { RedisConnection, type RedisSettings } from "./redis_connection.ts";

/** A value, and the name of its key without the namespace. */
export interface RedisValue {
  readonly key: string;
  readonly value: string;
}

const PAGE = 500;

/**
 * Reads all of it.
 *
 * @throws {RedisError} when it cannot be asked
 */
export async function readRedisValues(
  settings: RedisSettings,
  onValue: (value: RedisValue) => void,
): Promise<void> {
  await using connection = new RedisConnection(settings);
  const prefix = connection.key("");
  await connection.run(async (client) => {
    for (const name of (await keysOf(client, prefix)).sort()) {
      const key = name.slice(prefix.length);
      for await (const value of valuesOf(client, name)) onValue({ key, value });
    }
  });
}

async function keysOf(client: Redis, prefix: string): Promise<string[]> {
  const found = new Set<string>();
  // What has a meaning in a pattern must stand for itself.
  const match = `${prefix.replaceAll(/[\\*?[\]]/g, "\\$&")}*`;
  let cursor = "0";
  do {
    const [next, keys] = await client.scan(cursor, "MATCH", match, "COUNT", PAGE);
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== "0");
  return [...found];
}

async function* valuesOf(client: Redis, key: string): AsyncGenerator<string> {
  const type = await client.type(key);
  if (type === "stream") yield* entriesOf(client, key);
  else if (type === "hash") yield* Object.entries(await client.hgetall(key)).flat();
  else if (type === "zset") yield* await client.zrange(key, "0", "-1");
  else if (type === "set") yield* await client.smembers(key);
  else if (type === "list") yield* await client.lrange(key, 0, -1);
  else if (type === "string") yield await client.get(key) ?? "";
}

async function* entriesOf(client: Redis, key: string): AsyncGenerator<string> {
  let from = "-";
  for (;;) {
    const entries = await client.xrange(key, from, "+", "COUNT", PAGE);
    for (const [, fields] of entries) yield* fields;
    const last = entries.at(-1);
    if (!last || entries.length < PAGE) return;
    from = `(${last[0]}`;
  }
}
