/**
 * The embedded queue: events and positions in one transaction of the database file. Where nothing
 * waits, a batch that fills blocks is stored in it and lies in no queue before: that would write
 * and remove its text once more.
 *
 * @module
 */

import { type Checkpoint, CheckpointStore } from "../core/checkpoints.ts";
import { type Database, inTransaction } from "../core/database.ts";
import { EMBEDDED, madeWith, noteMadeWith, REDIS_OF } from "../core/made_with.ts";
import type { EventQueue, QueueParts } from "./event_queue.ts";
import { isPoison } from "./dead_letters.ts";
import { BATCH_MAX } from "./fast_path.ts";
import { SqliteBroker } from "./sqlite_broker.ts";
import type { StoredMarks } from "./stored_marks.ts";

/** An {@linkcode EventQueue} that is lost only with the database itself. */
export class SqliteQueue implements EventQueue {
  readonly isEmbedded = true;
  readonly broker: SqliteBroker;
  readonly #db: Database;
  readonly #checkpoints: CheckpointStore;
  readonly #stored: StoredMarks;
  readonly #parts: Pick<QueueParts, "store" | "forget">;

  constructor({ db, words, clock, stored, ...parts }: QueueParts) {
    this.#db = db;
    this.#stored = stored;
    this.#parts = parts;
    this.#checkpoints = new CheckpointStore(db, words);
    this.broker = new SqliteBroker({
      db,
      clock,
      stream: "telemetry:events",
      group: "processors",
    });
  }

  async open(): Promise<void> {
    // The lock makes this the one consumer: what a dead one had taken is free again.
    this.broker.releaseAll();
    inTransaction(this.#db, () => {
      const last = madeWith(this.#db, "queue");
      const machine = last?.startsWith(REDIS_OF) ? last.slice(REDIS_OF.length) : undefined;
      // What Redis still holds is read again here.
      if (machine !== undefined) this.#stored.rewind(this.#stored.of(machine).values());
      if (last !== EMBEDDED) noteMadeWith(this.#db, "queue", EMBEDDED);
    });
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    if (events.length >= BATCH_MAX && this.broker.isEmpty) {
      try {
        return this.#take(events, checkpoints, (batch) => this.#parts.store(batch));
      } catch (error) {
        this.#parts.forget();
        // The queue finds the one of them that cannot be stored.
        if (!isPoison(error)) throw error;
      }
    }
    this.#take(events, checkpoints, (batch) => this.broker.append(batch));
  }

  async epoch(): Promise<string> {
    return "";
  }

  rewound(): void {}

  noteStored(): void {}

  async retell(): Promise<void> {}

  async tend(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  #take(
    events: readonly string[],
    checkpoints: readonly Checkpoint[],
    put: (batch: readonly string[]) => void,
  ): void {
    inTransaction(this.#db, () => {
      for (let from = 0; from < events.length; from += BATCH_MAX) {
        put(events.slice(from, from + BATCH_MAX));
      }
      for (const checkpoint of checkpoints) this.#checkpoints.save(checkpoint);
    });
  }
}
