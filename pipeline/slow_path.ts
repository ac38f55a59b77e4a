/**
 * The slow path's first group: folds announced blocks into facts and sums, each exactly once.
 *
 * @module
 */

import type { Broker, Delivery } from "../core/broker.ts";
import { type Database, inTransaction, type Statement } from "../core/database.ts";
import { readLetterBody } from "../core/dead_letters.ts";
import { EventError, type TelemetryEvent } from "../core/event.ts";
import { type DeadLetters, isPoison } from "./dead_letters.ts";

/** What a group works with. */
export interface SlowPathParts {
  readonly db: Database;
  readonly name: string;
  readonly changes: Broker;
  readonly readBlock: (block: number) => readonly TelemetryEvent[];
  /** Folds a batch, within the transaction that records it as applied. */
  readonly fold: (events: readonly TelemetryEvent[]) => void;
  /** Writes what several folds may add to one row, before that transaction ends. */
  readonly settle: () => void;
  readonly deadLetters: DeadLetters;
  /** Gives entries back early, so that another attempt comes after `delayMs`. */
  readonly release: (ids: readonly string[], delayMs: number) => void;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
}

const ATTEMPTS_MAX = 3;
const RETRY_DELAY_MS = 1000;

/** The JSON of an announcement on `cdc:events`. */
export function encodeChange(block: number, events: number): string {
  return JSON.stringify({ block, events });
}

/** One consumer group of the changes. */
export class SlowPath {
  readonly #parts: SlowPathParts;
  readonly #apply: Statement;
  readonly #settle: Statement;

  constructor(parts: SlowPathParts) {
    this.#parts = parts;
    this.#apply = parts.db.prepare(
      "insert into applied_batches (name, entry) values (?, ?) on conflict do nothing",
    );
    this.#settle = parts.db.prepare("delete from applied_batches where name = ? and entry = ?");
  }

  /**
   * Folds the next blocks together: what they tell of one fact or sum is written once. In a
   * transaction of the caller's nothing fails alone, and the caller settles.
   *
   * @param max how many; few enough that a waiting fast batch hardly waits
   * @returns how many there were
   */
  async runSlice(max = 1): Promise<number> {
    const deliveries = await this.#parts.changes.take(max);
    if (this.#tryTogether(deliveries)) await this.#ack(deliveries);
    else for (const delivery of deliveries) await this.#foldAlone(delivery);
    return deliveries.length;
  }

  /** The consumer group. */
  get name(): string {
    return this.#parts.name;
  }

  /** Folds an announced block, in the caller's transaction: for one that was buried. */
  fold(body: string): void {
    this.#parts.fold(this.#parts.readBlock(blockOf(body)));
    this.#parts.settle();
  }

  /** Folds them, unless each is to be tried alone. */
  #tryTogether(deliveries: readonly Delivery[]): boolean {
    const isPart = this.#parts.db.isTransaction;
    if (deliveries.length < 2 && !isPart) return false;
    try {
      this.#foldOnce(deliveries);
      return true;
    } catch (error) {
      this.#parts.forget();
      if (isPart || !isPoison(error)) throw error;
      return false;
    }
  }

  async #foldAlone(delivery: Delivery): Promise<void> {
    try {
      this.#foldOnce([delivery]);
    } catch (error) {
      this.#parts.forget();
      if (!isPoison(error)) throw error;
      if (delivery.attempts < ATTEMPTS_MAX) {
        this.#parts.release([delivery.id], RETRY_DELAY_MS * delivery.attempts);
        return;
      }
      this.#bury(delivery, error);
    }
    await this.#ack([delivery]);
  }

  /** What is buried is done with: if the process dies before the ack, it is not folded too. */
  #bury(delivery: Delivery, error: unknown): void {
    const { db, name, deadLetters } = this.#parts;
    inTransaction(db, () => {
      const letter = { ...delivery, id: letterId(delivery) };
      deadLetters.add({ stream: "cdc:events", group: name }, letter, error);
      this.#apply.run(name, delivery.id);
    });
  }

  async #ack(deliveries: readonly Delivery[]): Promise<void> {
    await this.#parts.changes.ack(deliveries.map(({ id }) => id));
    for (const { id } of deliveries) this.#settle.run(this.#parts.name, id);
  }

  #foldOnce(deliveries: readonly Delivery[]): void {
    const { db, settle } = this.#parts;
    // Who opened one that is longer settles it.
    const isWhole = !db.isTransaction;
    inTransaction(db, () => {
      const fresh = deliveries.filter(({ id }) =>
        this.#apply.run(this.#parts.name, id).changes > 0
      );
      const events = fresh.flatMap(({ body }) => this.#parts.readBlock(blockOf(body)));
      if (fresh.length > 0) this.#parts.fold(events);
      if (isWhole) settle();
    });
  }
}

/** A rebuild announces a block once more, and it is the same letter. */
function letterId({ id, body }: Delivery): string {
  const content = readLetterBody("cdc:events", body);
  const block = content && "announcement" in content ? content.announcement.block : undefined;
  return block === undefined ? id : `block:${block}`;
}

function blockOf(body: string): number {
  const { block } = JSON.parse(body) as { block?: unknown };
  if (typeof block === "number") return block;
  throw new EventError("Cannot fold a block: its announcement names none");
}
