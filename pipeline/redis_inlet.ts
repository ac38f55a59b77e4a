/**
 * The way into Redis: publishes events and the marks of their sources, notes what was accepted,
 * and makes sure that this Redis still has what it had.
 *
 * Every memory of Redis has a name, the epoch: the run of the server, and a random part that the
 * processing server gives. Whoever publishes knows the epoch in which its positions were
 * accepted. Another one means that entries may be gone: reading goes on from what is stored.
 * What is published just then gets into a memory that its marks do not name: whoever stores it
 * believes the events, and not the marks.
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

/** Whoever holds a transaction open ends it in the same turn, unless the database is broken. */
const TURNS_MAX = 1000;

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
    const { broker, machine } = this.#parts;
    if (this.#isLost) throw new QueueLostError();
    if (!this.isCurrent) await this.#checkOnce();
    if (this.#isLost) throw new QueueLostError();
    const epoch = this.#epoch ?? "";
    const marks = checkpoints.map((checkpoint) =>
      encodeMark({ machine, epoch, checkpoint: readCheckpoint(checkpoint) })
    );
    // No page of events may be refused when a mark behind it is not.
    await broker.publish(events);
    await broker.publish(marks);
    // Only what is seen after them says that they are where the ones before are.
    if (await this.#found() !== epoch) await this.#checkOnce();
    this.#requireEpoch(epoch);
    const lasting = checkpoints.filter(({ transient }) => !transient);
    if (lasting.length === 0) return;
    await this.#write(() => {
      // It may have been found out while this waited to write.
      this.#requireEpoch(epoch);
      lasting.forEach((checkpoint) => this.#accepted.save(checkpoint));
    });
  }

  /** Whether this is still the connection over which the epoch was found out. */
  get isCurrent(): boolean {
    return this.#parts.connection.generation === this.#generation;
  }

  /** The epoch of what was read from this Redis just before. */
  async epoch(): Promise<string> {
    for (;;) {
      const found = await this.#found();
      if (found !== null && found === this.#epoch && this.isCurrent) return found;
      // One that is under way may have asked the server before.
      await this.#checkOnce();
    }
  }

  /** Looks whether the epoch still holds; if not, the next {@linkcode accept} says so. */
  async check(): Promise<void> {
    await this.#checkOnce();
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
      // From now on, so that nothing that was accepted before is written after it.
      this.#isLost = true;
      await this.#write(() => {
        this.#stored.rewind(marks);
        noteMadeWith(db, "redis_epoch", epoch);
      });
      this.#epoch = epoch;
      // Again, as who went back already has not gone back to these marks.
      this.#isLost = true;
    }
    this.#generation = generation;
  }

  #requireEpoch(epoch: string): void {
    if (this.#isLost || this.#epoch !== epoch) throw new QueueLostError();
  }

  async #write(change: () => void): Promise<void> {
    // In the middle of someone else's transaction nothing would be durable yet.
    for (let turns = 0; this.#parts.db.isTransaction; turns++) {
      if (turns >= TURNS_MAX) throw new Error("Cannot note a position: a change does not end");
      await new Promise((resolve) => setImmediate(resolve));
    }
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
