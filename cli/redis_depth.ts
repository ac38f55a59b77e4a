/**
 * How many events wait in Redis, asked by a process that takes none of them.
 *
 * @module
 */

import type { RedisQueueSettings } from "../pipeline/redis_queue.ts";
import { RedisError } from "../pipeline/redis_error.ts";

/** What was found. */
export interface RedisDepth {
  /** Null where Redis cannot be asked. */
  readonly events: number | null;
  /** Why not. */
  readonly trouble?: string;
}

/** Asks Redis; undefined while it is off. */
export async function readRedisDepth(
  settings: RedisQueueSettings | undefined,
): Promise<RedisDepth | undefined> {
  if (!settings) return undefined;
  const { RedisConnection } = await import("../pipeline/redis_connection.ts");
  await using connection = new RedisConnection(settings);
  try {
    const key = connection.key("telemetry:events");
    return { events: await connection.run((client) => client.xlen(key)) };
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    return { events: null, trouble: error.message };
  }
}
