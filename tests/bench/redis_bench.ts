/**
 * The queue on a real Redis: single and bulk enqueue, and the fast path that reads from it. Each
 * number stands beside that of a bare loop over ioredis in the same run.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { Words } from "../../core/words.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { FastPath } from "../../pipeline/fast_path.ts";
import { RedisBroker } from "../../pipeline/redis_broker.ts";
import { RedisConnection, repliesTo } from "../../pipeline/redis_connection.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import { madeUpEvents } from "./made_up_events.ts";
import { atLeast, atMost, type BenchRow, percentile } from "./row.ts";

const EVENTS = 100_000;
const SINGLES = 5000;
const BULK = 1000;
const PIPELINE = 500;
const BATCH = 100;
const ROUNDS = 3;

/** Runs the bench with a server of its own, its database in a folder. */
export async function benchRedis(folder: string): Promise<BenchRow[]> {
  const events = madeUpEvents(EVENTS);
  await using server = await RedisServer.start();
  await using connection = new RedisConnection({ url: server.url, namespace: "bench" });
  const { client } = connection;
  const stream = "telemetry:events", group = "processors", consumer = "fast-path-1";
  const broker = new RedisBroker({ connection, stream, group, consumer });
  const bare = new BareQueue(client, connection.key("bare"), group);

  const ours = rowsOf({
    singles: await timeEach(events, (body) => broker.publish([body])),
    bulkRate: await bestRate(client, events, (bodies) => broker.publish(bodies)),
    batches: await timeBatches(`${folder}/redis.db`, broker, events),
  });
  const theirs = rowsOf({
    singles: await timeEach(events, (body) => bare.add(body)),
    bulkRate: await bestRate(client, events, (bodies) => bare.addAll(bodies)),
    batches: await bare.timeBatches(events),
  });
  return ours.map((row, i) => ({
    ...row,
    measured: `${row.measured} (bare ioredis: ${theirs[i]!.measured})`,
  }));
}

interface Measured {
  readonly singles: readonly number[];
  readonly bulkRate: number;
  readonly batches: readonly number[];
}

function rowsOf({ singles, bulkRate, batches }: Measured): BenchRow[] {
  const rate = EVENTS / batches.reduce((sum, ms) => sum + ms, 0) * 1000;
  return [
    atMost("Redis: single enqueue, p50", percentile(singles, 0.5), 0.2, "ms"),
    atMost("Redis: single enqueue, p95", percentile(singles, 0.95), 1, "ms"),
    atLeast("Redis: bulk enqueue", bulkRate, 100_000, "events/s"),
    atLeast("Fast path on Redis: take, store, announce, ack", rate, 20_000, "events/s"),
    atMost("Fast path on Redis: batch of 100, p50", percentile(batches, 0.5), 3, "ms"),
    atMost("Fast path on Redis: batch of 100, p95", percentile(batches, 0.95), 8, "ms"),
  ];
}

/** What anyone would write over ioredis: no lease, no retry, nothing stored. */
class BareQueue {
  readonly #client: Redis;
  readonly #key: string;
  readonly #group: string;

  constructor(client: Redis, key: string, group: string) {
    this.#client = client;
    this.#key = key;
    this.#group = group;
  }

  async add(body: string): Promise<void> {
    await this.#client.xadd(this.#key, "*", "body", body);
  }

  async addAll(bodies: readonly string[]): Promise<void> {
    for (let from = 0; from < bodies.length; from += PIPELINE) {
      const pipeline = this.#client.pipeline();
      for (const body of bodies.slice(from, from + PIPELINE)) {
        pipeline.xadd(this.#key, "*", "body", body);
      }
      await repliesTo(pipeline);
    }
  }

  async timeBatches(events: readonly string[]): Promise<number[]> {
    await this.#client.flushall();
    await this.#client.xgroup("CREATE", this.#key, this.#group, "0", "MKSTREAM");
    await this.addAll(events);
    const times: number[] = [];
    for (let left = events.length; left > 0; left -= BATCH) {
      const start = performance.now();
      const [[, entries]] = await this.#client.xreadgroup(
        ...["GROUP", this.#group, "bare", "COUNT", BATCH] as const,
        ...["STREAMS", this.#key, ">"] as const,
      ) as [[string, [string, string[]][]]];
      const ids = entries.map(([id]) => id);
      const pipeline = this.#client.pipeline();
      await repliesTo(pipeline.xack(this.#key, this.#group, ...ids).xdel(this.#key, ...ids));
      times.push(performance.now() - start);
    }
    return times;
  }
}

async function timeEach(
  events: readonly string[],
  add: (body: string) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (const body of events.slice(0, SINGLES)) {
    const start = performance.now();
    await add(body);
    times.push(performance.now() - start);
  }
  return times;
}

async function bestRate(
  client: Redis,
  events: readonly string[],
  add: (bodies: readonly string[]) => Promise<void>,
): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    await client.flushall();
    const start = performance.now();
    for (let from = 0; from < events.length; from += BULK) {
      await add(events.slice(from, from + BULK));
    }
    best = Math.min(best, performance.now() - start);
  }
  await client.flushall();
  return events.length / best * 1000;
}

async function timeBatches(
  path: string,
  queue: RedisBroker,
  events: readonly string[],
): Promise<number[]> {
  using db = openWriter(path);
  const stream = "cdc:events", group = "bench";
  const changes = new SqliteBroker({ db, clock: systemClock, stream, group });
  const words = new Words(db);
  const fastPath = new FastPath({
    db,
    queue,
    traces: new TraceStore(db, words, { claude_code: "claude_raw_traces" }),
    deadLetters: new DeadLetters(db, systemClock),
    tombstones: { holds: () => false },
    announce: (blocks) => changes.append(blocks.map(({ id }) => JSON.stringify({ block: id }))),
    stored: new StoredMarks(db, words),
    epoch: async () => "",
    noteStored: () => {},
  });
  await queue.publish(events);
  const times: number[] = [];
  for (;;) {
    const start = performance.now();
    if (await fastPath.runBatch() === 0) return times;
    times.push(performance.now() - start);
  }
}
