/**
 * The fast path: takes events from the queue, stores them compressed, announces them, and only
 * then acknowledges. It reads nothing back.
 *
 * @module
 */

import type { Delivery, LeasingBroker } from "../core/broker.ts";
import { type Database, inTransaction } from "../core/database.ts";
import { decodeEncoded, EventError } from "../core/event.ts";
import { type DeadLetters, isPoison } from "./dead_letters.ts";
import { decodeMark, isMark, type PublishedMark, type SourceMark } from "./source_mark.ts";
import type { StoredMarks } from "./stored_marks.ts";
import type { Tombstones } from "./tombstones.ts";
import type { StoredBlock, TraceStore } from "./trace_store.ts";

/** What the fast path works with. */
export interface FastPathParts {
  readonly db: Database;
  readonly queue: LeasingBroker;
  readonly traces: TraceStore;
  readonly deadLetters: DeadLetters;
  /** What was purged is not stored again. */
  readonly tombstones: Pick<Tombstones, "holds">;
  readonly stored: Pick<StoredMarks, "save">;
  /** Names the memory of the queue that holds now; see `EventQueue`. */
  readonly epoch: () => Promise<string>;
  /** Told of marks that were stored. */
  readonly noteStored: (marks: readonly SourceMark[]) => void;
  /** Tells the slow path of blocks, within the transaction that stored them. */
  readonly announce: (blocks: readonly StoredBlock[]) => void;
}

const ORIGIN = { stream: "telemetry:events", group: "processors" } as const;
/** So many events are stored together, in a block where all are of one platform. */
export const BATCH_MAX = 100;
const ATTEMPTS_MAX = 3;
const RETRY_DELAY_MS = 1000;

/** One consumer of the events stream. */
export class FastPath {
  readonly #parts: FastPathParts;
  /** Entries that were taken and are not stored, and marks that must wait until they are. */
  readonly #open = new Set<string>();
  /** By the entry that told it, which stays in the queue as long. */
  #held: ReadonlyMap<string, PublishedMark> = new Map();
  /** Entries whose marks waited and are stored by now. */
  #released: readonly string[] = [];
  #epoch = "";
  /** Of the last batch, what is neither stored nor given back. */
  readonly #underWay = new Map<string, Delivery>();

  constructor(parts: FastPathParts) {
    this.#parts = parts;
  }

  /**
   * Handles one batch.
   *
   * @returns how many entries were taken; 0 when the queue has none
   * @throws what the database throws when it cannot write (a full disk): nothing is acknowledged
   */
  async runBatch(): Promise<number> {
    await this.#giveBack();
    const batch = await this.#parts.queue.take(BATCH_MAX);
    if (batch.length === 0) return 0;
    for (const delivery of batch) {
      this.#open.add(delivery.id);
      this.#underWay.set(delivery.id, delivery);
    }
    try {
      await this.#handleAll(batch);
    } finally {
      await this.#giveBack();
    }
    return batch.length;
  }

  async #handleAll(batch: readonly Delivery[]): Promise<void> {
    if (batch.some(({ body }) => isMark(body))) await this.#lookAtEpoch(batch);
    // A batch that was handed out too often may hold what kills the process: one at a time then,
    // each acknowledged before the next.
    const suspect = (batch[0]?.attempts ?? 0) > ATTEMPTS_MAX;
    if (suspect) {
      for (const delivery of batch) await this.#handleSuspect(delivery, delivery === batch[0]);
    } else {
      await this.#handle(batch);
    }
  }

  /** What failed while the process goes on was no attempt: only its end tells of the entries. */
  async #giveBack(): Promise<void> {
    if (this.#underWay.size === 0) return;
    await this.#parts.queue.giveBack([...this.#underWay.values()]);
    this.#underWay.clear();
  }

  /**
   * Stores and announces events, all or none, but for purged ones.
   *
   * @throws {EventError} for text that is no event
   * @throws {RangeError} for an event of a platform that is not registered
   */
  store(bodies: readonly string[]): void {
    const encoded = bodies.map(decodeEncoded);
    const { db, traces, tombstones, announce } = this.#parts;
    inTransaction(db, () => {
      announce(traces.append(encoded.filter(({ event }) => !tombstones.holds(event))));
    });
  }

  /** Those before it were acknowledged, so what stops the process is the first that is left. */
  async #handleSuspect(delivery: Delivery, isFirst: boolean): Promise<void> {
    if (!isFirst || delivery.attempts <= 2 * ATTEMPTS_MAX) return await this.#handle([delivery]);
    await this.#bury(delivery, new EventError("Cannot store an event: it stops the process"));
  }

  /**
   * Stores a batch, or halves it until the poison stands alone. In a transaction of the caller's
   * nothing fails alone.
   */
  async #handle(batch: readonly Delivery[]): Promise<void> {
    const isPart = this.#parts.db.isTransaction;
    const alone = batch.length === 1 ? batch[0] : undefined;
    try {
      this.#storeBatch(batch);
    } catch (error) {
      this.#parts.traces.forget();
      if (isPart || !isPoison(error)) throw error;
      if (!alone) {
        const middle = batch.length >> 1;
        await this.#handle(batch.slice(0, middle));
        return await this.#handle(batch.slice(middle));
      }
      if (alone.attempts >= ATTEMPTS_MAX) return await this.#bury(alone, error);
      await this.#parts.queue.release([alone.id], RETRY_DELAY_MS * alone.attempts);
      this.#underWay.delete(alone.id);
      return;
    }
    await this.#settle(batch);
  }

  #storeBatch(batch: readonly Delivery[]): void {
    const { db, stored } = this.#parts;
    const events: string[] = [];
    const marks = new Map(this.#held);
    for (const { id, body } of batch) {
      const mark = decodeMark(body);
      if (!mark) events.push(body);
      // Of another memory: events before it may be lost.
      else if (mark.epoch === this.#epoch) marks.set(id, mark);
    }
    // What is tried again was told before some of these marks, and is not stored.
    const isHeld = this.#open.size > batch.length;
    inTransaction(db, () => {
      this.store(events);
      if (!isHeld) stored.save(marks.values());
    });
    if (isHeld) this.#held = marks;
    else this.#release(marks);
  }

  /** What another memory had handed out comes no more, and nothing waits for it. */
  async #lookAtEpoch(batch: readonly Delivery[]): Promise<void> {
    const epoch = await this.#parts.epoch();
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#held = new Map();
    this.#released = [];
    this.#open.clear();
    for (const { id } of batch) this.#open.add(id);
  }

  async #bury(delivery: Delivery, error: unknown): Promise<void> {
    this.#parts.deadLetters.add(ORIGIN, delivery, error);
    await this.#settle([delivery]);
  }

  async #settle(batch: readonly Delivery[]): Promise<void> {
    for (const { id } of batch) this.#open.delete(id);
    if (this.#open.size === 0) this.#saveHeld();
    const ids = batch.map(({ id }) => id).filter((id) => !this.#held.has(id));
    await this.#parts.queue.ack([...this.#released, ...ids]);
    this.#released = [];
    for (const { id } of batch) this.#underWay.delete(id);
  }

  #saveHeld(): void {
    const { db, stored } = this.#parts;
    const marks = this.#held;
    if (marks.size === 0) return;
    inTransaction(db, () => stored.save(marks.values()));
    this.#release(marks);
  }

  /** Marks are stored: nobody waits for them any more. */
  #release(marks: ReadonlyMap<string, PublishedMark>): void {
    this.#released = [...this.#released, ...this.#held.keys()];
    this.#held = new Map();
    if (marks.size > 0) this.#parts.noteStored([...marks.values()]);
  }
}
