/** A stream of a real Redis for one test, whose leases run out when the test wants. */

import { RedisBroker } from "../../pipeline/redis_broker.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { type BrokerStage, LEASE_MS } from "../helpers/broker_stage.ts";
import type { RedisServer } from "../helpers/redis_server.ts";

/** A stage with what only a Redis has. */
export interface RedisStage extends BrokerStage {
  readonly broker: RedisBroker;
  readonly connection: RedisConnection;
  /** The key of the stream. */
  readonly key: string;
  /** Another consumer, by its number, over a connection that ends with the stage. */
  join(consumer: number): RedisBroker;
}

const STREAM = "telemetry:events";
const GROUP = "processors";

/** Makes a stage in a namespace of its own. */
export async function openRedisStage(server: RedisServer): Promise<RedisStage> {
  const namespace = crypto.randomUUID();
  const connect = () => new RedisConnection({ url: server.url, namespace });
  let connection = connect();
  let consumers = 0;
  const others: RedisConnection[] = [];
  const join = (consumer: number, over = connection) =>
    new RedisBroker({
      connection: over,
      stream: STREAM,
      group: GROUP,
      consumer: `fast-path-${consumer}`,
      leaseMs: LEASE_MS,
    });
  return {
    broker: join(++consumers),
    get connection() {
      return connection;
    },
    key: connection.key(STREAM),
    join: (consumer) => {
      const over = connect();
      others.push(over);
      return join(consumer, over);
    },
    reopen: async () => {
      await connection[Symbol.asyncDispose]();
      connection = connect();
      return join(++consumers);
    },
    passTime: (ms) => ageLeases(connection, ms),
    [Symbol.asyncDispose]: async () => {
      for (const over of [connection, ...others]) await over[Symbol.asyncDispose]();
    },
  };
}

/**
 * Makes all that is under lease older. The time that really passes comes on top. It goes past
 * `run`, so that a test may count what goes through that.
 */
export async function ageLeases(connection: RedisConnection, ms: number) {
  const { client } = connection;
  const key = connection.key(STREAM);
  if (await client.exists(key) === 0) return;
  const groups = await client.xinfo("GROUPS", key) as unknown[];
  if (groups.length === 0) return;
  const pending = await client.xpending(key, GROUP, "-", "+", 10_000);
  const older = client.pipeline();
  for (const [id, consumer, idleMs] of pending as [string, string, number][]) {
    older.xclaim(key, GROUP, consumer, 0, id, "IDLE", idleMs + ms, "JUSTID");
  }
  await older.exec();
}
