/**
 * The way into Redis: publishes events and the marks of their sources, notes what was accepted,
 * and makes sure that this Redis still has what it had.
 *
 * Every memory of Redis has a name, the epoch: the run of the server, and a random part that the
 * processing server gives. Whoever publishes knows the epoch in which its positions were
 * accepted. Another one means that entries may be gone: reading goes on from what is stored.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import { CheckpointStore } from "../core/checkpoints.ts";
import { type Database, inTransaction } from "../core/database.ts";
import { QueueLostError } from "../core/intake.ts";
import { madeWith, noteMadeWith } from "../core/made_with.ts";
import type { Words } from "../core/words.ts";
import type { RedisBroker } from "./redis_broker.ts";
import type { RedisConnection } from "./redis_connection.ts";
import { encodeMark, readCheckpoint } from "./source_mark.ts";
import { StoredMarks } from "./stored_marks.ts";

/** What an inlet works with. */
export interface RedisInletParts {
  readonly connection: RedisConnection;
  readonly broker: Pick<RedisBroker, "publish">;
  /** Where this machine's positions are. */
  readonly db: Database;
  readonly words: Words;
  /** A keyed hash of this machine's name. */
  readonly machine: string;
  /**
   * Called with the server's run and the epoch found, where that is not the one that was noted.
   *
   * @returns the epoch that holds now, and the marks that are stored, to go on from
   */
  readonly renew: (run: string, found: string | null) => Promise<Renewal>;
}

/** What holds in a new epoch. */
export interface Renewal {
  readonly epoch: string;
  readonly marks: readonly Checkpoint[];
}

/** The key of the epoch. */
export const EPOCH = "epoch";

/** Publishes for one process. */
export class RedisInlet {
  readonly #parts: RedisInletParts;
  readonly #accepted: CheckpointStore;
  readonly #stored: StoredMarks;
  #epoch: string | undefined;
  /** The connection whose server was looked at. */
  #generation = -1;
  #isLost = false;
  #checking: Promise<void> | undefined;

  constructor(parts: RedisInletParts) {
    this.#parts = parts;
    this.#accepted = new CheckpointStore(parts.db, parts.words);
    this.#stored = new StoredMarks(parts.db, parts.words);
    this.#epoch = madeWith(parts.db, "redis_epoch");
  }

  /** Finds out in which epoch this is, before anything is read by an earlier one's positions. */
  async open(): Promise<void> {
    await this.check();
    this.#isLost = false;
  }

  /**
   * Publishes, and then notes how far the sources were read.
   *
   * @throws {QueueLostError} when what was accepted may be gone, until {@linkcode rewound}
   * @throws {RedisError} when it cannot be published
   */
  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    const { connection, broker, machine } = this.#parts;
    if (this.#isLost) throw new QueueLostError();
    if (connection.generation !== this.#generation) await this.#checkOnce();
    if (this.#isLost) throw new QueueLostError();
    const epoch = this.#epoch ?? "";
    const marks = checkpoints.map((checkpoint) =>
      encodeMark({ machine, epoch, checkpoint: readCheckpoint(checkpoint) })
    );
    await broker.publish([...events, ...marks]);
    // Only what is seen after them says that they are where the ones before are.
    if (await this.#found() !== this.#epoch) await this.#checkOnce();
    if (this.#isLost) throw new QueueLostError();
    const lasting = checkpoints.filter(({ transient }) => !transient);
    if (lasting.length > 0) {
      await this.#write(() => lasting.forEach((checkpoint) => this.#accepted.save(checkpoint)));
    }
  }

  /** Looks whether the epoch still holds; if not, the next {@linkcode accept} says so. */
  async check(): Promise<void> {
    await this.#checkOnce();
  }

  /** The epoch as it is now: one that holds no more is renewed first. */
  async currentEpoch(): Promise<string> {
    if (await this.#found() !== this.#epoch) await this.#checkOnce();
    return this.#epoch ?? "";
  }

  /** Says that the sources stand at what is stored: publishing goes on. */
  rewound(): void {
    this.#isLost = false;
  }

  /** Several may ask at once, and only one may renew. */
  #checkOnce(): Promise<void> {
    return this.#checking ??= this.#check().finally(() => this.#checking = undefined);
  }

  async #check(): Promise<void> {
    const { connection, db, renew } = this.#parts;
    const run = await connection.serverRun();
    const { generation } = connection;
    const found = await this.#found();
    if (found === null || found !== this.#epoch || !found.startsWith(run)) {
      const { epoch, marks } = await renew(run, found);
      await this.#write(() => {
        this.#stored.rewind(marks);
        noteMadeWith(db, "redis_epoch", epoch);
      });
      this.#epoch = epoch;
      this.#isLost = true;
    }
    this.#generation = generation;
  }

  async #write(change: () => void): Promise<void> {
    // In the middle of someone else's transaction nothing would be durable yet.
    while (this.#parts.db.isTransaction) await new Promise((resolve) => setImmediate(resolve));
    try {
      inTransaction(this.#parts.db, change);
    } catch (error) {
      this.#parts.words.forget();
      throw error;
    }
  }

  #found(): Promise<string | null> {
    const { connection } = this.#parts;
    return connection.run((client) => client.get(connection.key(EPOCH)));
  }
}
