/**
 * The queue in Redis, seen by the one server that processes: it takes what all machines publish,
 * and tells them how far they are stored.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import { type Database, inTransaction } from "../core/database.ts";
import { EMBEDDED, madeWith, noteMadeWith, REDIS_OF } from "../core/made_with.ts";
import type { EventQueue, MakeQueue, QueueParts } from "./event_queue.ts";
import { placeOf, RedisClaim } from "./redis_claim.ts";
import { RedisBroker } from "./redis_broker.ts";
import { RedisConnection, type RedisSettings, repliesTo } from "./redis_connection.ts";
import { RedisError } from "./redis_error.ts";
import { EPOCH, RedisInlet, type Renewal } from "./redis_inlet.ts";
import type { SourceMark } from "./source_mark.ts";
import type { StoredMarks } from "./stored_marks.ts";

/** How a Redis is used from here. */
export interface RedisQueueSettings extends RedisSettings {
  /** A keyed hash of this machine's name. */
  readonly machine: string;
}

/** The key of the hash of what is stored: JSON of a checkpoint by {@linkcode storedField}. */
export const STORED = "stored";

/** The field of a source of a machine. */
export function storedField(machine: string, id: string): string {
  return `${machine} ${id}`;
}

/** Makes queues of this kind. */
export function redisQueue(settings: RedisQueueSettings): MakeQueue {
  return (parts) => new RedisQueue(settings, parts);
}

const TEND_EVERY_MS = 5000;
const FIELDS_MAX = 500;

/** An {@linkcode EventQueue} over Redis Streams. */
export class RedisQueue implements EventQueue {
  readonly isEmbedded = false;
  readonly broker: RedisBroker;
  readonly #connection: RedisConnection;
  readonly #claim: RedisClaim;
  readonly #inlet: RedisInlet;
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #stored: StoredMarks;
  readonly #machine: string;
  readonly #toTell = new Map<string, SourceMark>();
  #tendedAt = 0;

  constructor(settings: RedisQueueSettings, { db, words, clock, stored }: QueueParts) {
    this.#db = db;
    this.#clock = clock;
    this.#stored = stored;
    this.#machine = settings.machine;
    const connection = new RedisConnection(settings);
    this.#connection = connection;
    this.broker = new RedisBroker({
      connection,
      stream: "telemetry:events",
      group: "processors",
      consumer: "fast-path-1",
    });
    const place = placeOf(db.location()!, settings.machine);
    this.#claim = new RedisClaim({ connection, clock, place });
    this.#inlet = new RedisInlet({
      connection,
      broker: this.broker,
      db,
      words,
      machine: settings.machine,
      renew: (run) => this.#renew(run),
    });
  }

  async open(): Promise<void> {
    const source = `${REDIS_OF}${this.#machine}`;
    inTransaction(this.#db, () => {
      // Its events lie in this file and are stored before any of Redis.
      const last = madeWith(this.#db, "queue");
      if (last === undefined || last === EMBEDDED) this.#stored.adopt(this.#machine);
      if (last !== source) noteMadeWith(this.#db, "queue", source);
    });
    await this.#claim.open();
    await this.#inlet.open();
    await this.broker.releaseAll();
    // The run before may have ended before it told all.
    this.noteStored(this.#marksOfOthers());
    this.#tendedAt = this.#clock.now();
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await this.#inlet.accept(events, checkpoints);
  }

  async epoch(): Promise<string> {
    return await this.#inlet.epoch();
  }

  rewound(): void {
    this.#inlet.rewound();
  }

  noteStored(marks: readonly SourceMark[]): void {
    for (const mark of marks) {
      // What is read here goes on from the table.
      if (mark.machine !== this.#machine) {
        this.#toTell.set(storedField(mark.machine, mark.checkpoint.id), mark);
      }
    }
  }

  async retell(): Promise<void> {
    this.#toTell.clear();
    await this.#run((client, key) => client.del(key(STORED)));
    await this.#write(this.#marksOfOthers());
  }

  async tend(): Promise<void> {
    await this.#tellStored();
    const now = this.#clock.now();
    // The clock may have been set back since.
    const isTended = Math.abs(now - this.#tendedAt) < TEND_EVERY_MS;
    if (this.#inlet.isCurrent && isTended) return;
    await this.#claim.renew();
    await this.#inlet.check();
    this.#tendedAt = now;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#claim.stop();
    try {
      if (this.#connection.client.status === "ready") {
        await this.#tellStored();
        await this.#claim.giveUp();
      }
    } catch (error) {
      // The right runs out by itself, too.
      if (!(error instanceof RedisError)) throw error;
    } finally {
      await this.#connection[Symbol.asyncDispose]();
    }
  }

  async #tellStored(): Promise<void> {
    if (this.#toTell.size === 0) return;
    const told = [...this.#toTell];
    await this.#write(told.map(([, mark]) => mark));
    for (const [field, mark] of told) {
      if (this.#toTell.get(field) === mark) this.#toTell.delete(field);
    }
  }

  /** Redis lost what it had, or never had it: everyone goes on from what is stored here. */
  async #renew(run: string): Promise<Renewal> {
    await this.#claim.renew();
    // What was not acknowledged when it went away would wait for its lease to run out.
    await this.broker.releaseAll();
    await this.retell();
    const epoch = `${run}:${randomBytes(8).toString("hex")}`;
    // Last, as whoever sees it believes the rest.
    await this.#run((client, key) => client.set(key(EPOCH), epoch));
    return { epoch, marks: [...this.#stored.of(this.#machine).values()] };
  }

  /** What is read here goes on from the table; others have to be told. */
  #marksOfOthers(): SourceMark[] {
    return this.#stored.machines().filter((machine) => machine !== this.#machine)
      .flatMap((machine) =>
        [...this.#stored.of(machine).values()].map((checkpoint) => ({ machine, checkpoint }))
      );
  }

  async #write(marks: readonly SourceMark[]): Promise<void> {
    for (let from = 0; from < marks.length; from += FIELDS_MAX) {
      await this.#run(async (client, key) => {
        const pipeline = client.pipeline();
        for (const { machine, checkpoint } of marks.slice(from, from + FIELDS_MAX)) {
          const field = storedField(machine, checkpoint.id);
          pipeline.hset(key(STORED), field, JSON.stringify(checkpoint));
        }
        await repliesTo(pipeline);
      });
    }
  }

  #run<T>(
    use: (client: RedisConnection["client"], key: (name: string) => string) => Promise<T>,
  ): Promise<T> {
    return this.#connection.run((client) => use(client, (name) => this.#connection.key(name)));
  }
}
