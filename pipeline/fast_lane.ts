/**
 * The fast side of a pipeline: the queue of events, and the fast path that empties it.
 *
 * @module
 */

import type { LeasingBroker } from "../core/broker.ts";
import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import type { Words } from "../core/words.ts";
import type { DeadLetters } from "./dead_letters.ts";
import type { EventQueue, MakeQueue } from "./event_queue.ts";
import { FastPath } from "./fast_path.ts";
import { SqliteBroker } from "./sqlite_broker.ts";
import { SqliteQueue } from "./sqlite_queue.ts";
import { StoredMarks } from "./stored_marks.ts";
import type { Tombstones } from "./tombstones.ts";
import type { StoredBlock, TraceStore } from "./trace_store.ts";

/** What the fast side works with. */
export interface FastLaneParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly words: Words;
  readonly traces: TraceStore;
  readonly deadLetters: DeadLetters;
  readonly tombstones: Tombstones;
  readonly announce: (blocks: readonly StoredBlock[]) => void;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
  /** Makes the queue; the embedded one by default. */
  readonly makeQueue?: MakeQueue | undefined;
}

const POLL_MS = 100;

/** Takes events from whatever queue there is. */
export class FastLane implements AsyncDisposable {
  readonly queue: EventQueue;
  readonly path: FastPath;
  readonly #parts: FastLaneParts;
  readonly #stored: StoredMarks;
  /** Something may be taken that was not handled. */
  #wasBrokenOff = false;

  constructor(parts: FastLaneParts) {
    const { db, words, clock, forget, makeQueue = (parts) => new SqliteQueue(parts) } = parts;
    this.#parts = parts;
    this.#stored = new StoredMarks(db, words);
    const store = (events: readonly string[]) => this.path.store(events);
    this.queue = makeQueue({ db, words, clock, stored: this.#stored, store, forget });
    this.path = this.#pathFor(this.queue.broker);
  }

  /**
   * Makes ready what an earlier run left.
   *
   * @returns how many entries of it lie in the database
   */
  async open(signal: AbortSignal): Promise<number> {
    await this.queue.open();
    if (this.queue.isEmbedded) return await this.queue.broker.depth();
    await this.#takeEmbedded(signal);
    return 0;
  }

  /** Entries that wait. */
  async depth(): Promise<number> {
    return await this.queue.broker.depth();
  }

  /**
   * Takes batches for a while from a queue that is another program's. Each is a transaction of its
   * own: what waits for another program holds none open.
   *
   * @param hasRoom whether what is stored can be announced
   * @returns whether there were any
   */
  async takeBatches(untilMs: number, hasRoom: () => Promise<boolean>): Promise<boolean> {
    // In their order again, before anything that came later.
    if (this.#wasBrokenOff) await this.queue.broker.releaseAll();
    this.#wasBrokenOff = true;
    let taken = 0;
    while (await hasRoom()) {
      const batch = await this.path.runBatch();
      taken += batch;
      if (batch === 0 || this.#parts.clock.now() >= untilMs) break;
    }
    this.#wasBrokenOff = false;
    return taken > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.queue[Symbol.asyncDispose]();
  }

  /** Stores what the embedded queue still held when another one took its place. */
  async #takeEmbedded(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#parts;
    const stream = "telemetry:events", group = "processors";
    const broker = new SqliteBroker({ db, clock, stream, group });
    broker.releaseAll();
    const path = this.#pathFor(broker);
    while (!signal.aborted && await broker.depth() > 0) {
      if (await path.runBatch() === 0) await clock.sleep(POLL_MS, signal);
    }
  }

  #pathFor(queue: LeasingBroker): FastPath {
    const { db, traces, deadLetters, tombstones, announce } = this.#parts;
    const noteStored = this.queue.noteStored.bind(this.queue);
    const epoch = this.queue.epoch.bind(this.queue);
    return new FastPath({
      db,
      queue,
      traces,
      deadLetters,
      tombstones,
      announce,
      epoch,
      noteStored,
      stored: this.#stored,
    });
  }
}
