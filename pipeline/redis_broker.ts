/**
 * The durable queue on Redis Streams: one stream, one consumer group, any number of machines.
 *
 * What is acknowledged is deleted, and nothing else is, so the stream is as long as what is
 * still to be handled. It asks for no more than Redis 6.2 has.
 *
 * @module
 */

import type { Redis } from "ioredis";
import type { Delivery, LeasingBroker } from "../core/broker.ts";
import { type RedisConnection, repliesTo } from "./redis_connection.ts";
import { RedisError } from "./redis_error.ts";

/** What a {@linkcode RedisBroker} needs to know. */
export interface RedisBrokerOptions {
  readonly connection: RedisConnection;
  /** No other group may read it, as what is acknowledged is deleted. */
  readonly stream: "telemetry:events";
  /** The consumer group; it sees every entry that is in the stream when it first appears. */
  readonly group: string;
  /** Names this process in the group. */
  readonly consumer: string;
  /** How long an entry stays away from others. @default {60000} */
  readonly leaseMs?: number;
}

/** Of an entry that was taken: id, consumer, milliseconds since then, count of attempts. */
type Pending = readonly [id: string, consumer: string, idleMs: number, attempts: number];
type Entry = readonly [id: string, fields: readonly string[]];

const PAGE_MAX = 500;
/** Where a claim of all begins, and what it says when it has come round. */
const START = "0-0";
/** A Redis may lose its memory again while the group is added. */
const GROUP_ADDS_MAX = 5;
/** Faster than a pipeline of XADD, and a page comes whole or not at all. */
const ADD_PAGE = "for i = 1, #ARGV do redis.call('XADD', KEYS[1], '*', 'body', ARGV[i]) end";

/** A {@linkcode LeasingBroker} over a stream of a Redis. */
export class RedisBroker implements LeasingBroker {
  readonly #connection: RedisConnection;
  readonly #key: string;
  readonly #group: string;
  readonly #consumer: string;
  readonly #leaseMs: number;

  constructor(options: RedisBrokerOptions) {
    const { connection, stream, group, consumer, leaseMs = 60_000 } = options;
    this.#connection = connection;
    this.#key = connection.key(stream);
    this.#group = group;
    this.#consumer = consumer;
    this.#leaseMs = leaseMs;
  }

  async publish(bodies: readonly string[]): Promise<void> {
    // One connection keeps their order, so there is no need to wait for one before the next.
    await Promise.all(
      pages(bodies).map((page) =>
        this.#connection.run((client) => client.eval(ADD_PAGE, 1, this.#key, ...page))
      ),
    );
  }

  async take(max: number): Promise<readonly Delivery[]> {
    return await this.#retake(max) ?? await this.#takeNew(max);
  }

  async ack(ids: readonly string[]): Promise<void> {
    for (const page of pages(ids.filter(isEntryId))) await this.#remove(page);
  }

  async depth(): Promise<number> {
    return await this.#connection.run((client) => client.xlen(this.#key));
  }

  async release(ids: readonly string[], delayMs: number): Promise<void> {
    for (const page of pages(ids.filter(isEntryId))) await this.#endLeases(page, delayMs);
  }

  async giveBack(deliveries: readonly Delivery[]): Promise<void> {
    const attempts = (deliveries[0]?.attempts ?? 1) - 1;
    const ids = deliveries.map(({ id }) => id).filter(isEntryId);
    for (const page of pages(ids)) await this.#endLeases(page, 0, "RETRYCOUNT", attempts);
  }

  async releaseAll(): Promise<void> {
    let cursor = START;
    do {
      const [next, ids] = await this.#inGroup((client) =>
        client.xautoclaim(
          ...[this.#key, this.#group, this.#consumer, 0, cursor] as const,
          ...["COUNT", PAGE_MAX, "JUSTID"] as const,
        )
      ) as [string, string[]];
      if (ids.length > 0) await this.#endLeases(ids, 0);
      cursor = next;
    } while (cursor !== START);
  }

  /** The oldest of those whose lease ran out; undefined when there is none. */
  async #retake(max: number): Promise<readonly Delivery[] | undefined> {
    for (;;) {
      const ranOut = await this.#pending(this.#leaseMs, "-", max);
      if (ranOut.length === 0) return undefined;
      const attempts = ranOut[0]![3];
      const ids = ranOut.filter((pending) => pending[3] === attempts).map(([id]) => id);
      const claimed = await this.#claim(ids);
      const taken = claimed.map((entry) => toDelivery(entry, attempts + 1));
      if (taken.length < ids.length) await this.#forgetDeleted(ids, taken);
      if (taken.length > 0) return taken;
    }
  }

  async #claim(ids: readonly string[]): Promise<readonly Entry[]> {
    const claimed = await this.#inGroup((client) =>
      client.xclaim(this.#key, this.#group, this.#consumer, this.#leaseMs, ...ids)
    );
    // Redis 6.2 answers null for what was deleted, later ones leave it out.
    return (claimed as (Entry | null)[]).filter((entry) => entry !== null);
  }

  /** Ends the leases of what is no more in the stream; what another one claimed stays. */
  async #forgetDeleted(ids: readonly string[], taken: readonly Delivery[]): Promise<void> {
    const missing = ids.filter((id) => !taken.some((delivery) => delivery.id === id));
    await this.#connection.run(async (client) => {
      const lookUp = client.pipeline();
      for (const id of missing) lookUp.xrange(this.#key, id, id);
      const found = await repliesTo(lookUp) as Entry[][];
      const deleted = missing.filter((_, i) => found[i]!.length === 0);
      if (deleted.length > 0) await client.xack(this.#key, this.#group, ...deleted);
    });
  }

  async #takeNew(max: number): Promise<readonly Delivery[]> {
    const streams = await this.#inGroup((client) =>
      client.xreadgroup(
        ...["GROUP", this.#group, this.#consumer] as const,
        ...["COUNT", max] as const,
        ...["STREAMS", this.#key, ">"] as const,
      )
    );
    const [, entries] = (streams as [[string, Entry[]]] | null)?.[0] ?? ["", []];
    return entries.map((entry) => toDelivery(entry, 1));
  }

  /** Both or none: what is only acknowledged would stay for ever. */
  async #remove(ids: readonly string[]): Promise<void> {
    await this.#connection.run((client) =>
      repliesTo(client.multi().xack(this.#key, this.#group, ...ids).xdel(this.#key, ...ids))
    );
  }

  async #pending(idleMs: number, from: string, max: number): Promise<Pending[]> {
    return await this.#inGroup((client) =>
      client.xpending(this.#key, this.#group, "IDLE", idleMs, from, "+", max)
    ) as Pending[];
  }

  /** Lets leases run out after `delayMs`; that is no attempt. */
  async #endLeases(
    ids: readonly string[],
    delayMs: number,
    ...attempts: [] | ["RETRYCOUNT", number]
  ): Promise<void> {
    const idleMs = Math.max(0, this.#leaseMs - delayMs);
    await this.#inGroup((client) =>
      client.xclaim(
        ...[this.#key, this.#group, this.#consumer, 0] as const,
        ...ids,
        ...["IDLE", idleMs, ...attempts, "JUSTID"],
      )
    );
  }

  /** A Redis that lost everything, or never knew us, has no group; it may lose that as well. */
  async #inGroup<T>(use: (client: Redis) => Promise<T>): Promise<T> {
    for (let left = GROUP_ADDS_MAX;; left--) {
      try {
        return await this.#connection.run(use);
      } catch (error) {
        if (!hasCode(error, "NOGROUP") || left === 0) throw error;
      }
      await this.#addGroup();
    }
  }

  async #addGroup(): Promise<void> {
    try {
      await this.#connection.run((client) =>
        client.xgroup("CREATE", this.#key, this.#group, "0", "MKSTREAM")
      );
    } catch (error) {
      // Another one was faster.
      if (!hasCode(error, "BUSYGROUP")) throw error;
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof RedisError && error.code === code;
}

function toDelivery([id, fields]: Entry, attempts: number): Delivery {
  return { id, body: fields[1] ?? "", attempts };
}

/** Anything else would make Redis refuse the others of its command, too. */
function isEntryId(id: string): boolean {
  return /^\d{1,19}-\d{1,19}$/.test(id);
}

function pages<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / PAGE_MAX);
  return Array.from({ length: count }, (_, i) => items.slice(i * PAGE_MAX, (i + 1) * PAGE_MAX));
}
