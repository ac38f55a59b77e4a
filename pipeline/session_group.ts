/**
 * A group of the slow path that derives from facts, session by session: an announced block is
 * acknowledged once all sessions that it changed are derived.
 *
 * @module
 */

import { type Database, inTransaction } from "../core/database.ts";
import { EventError } from "../core/event.ts";
import { type DeadLetters, isPoison } from "./dead_letters.ts";
import { type DirtySessions, EVERYTHING_AT } from "./derive/dirty_sessions.ts";
import type { SqliteBroker } from "./sqlite_broker.ts";

/** What such a group works with. */
export interface SessionGroupParts {
  readonly db: Database;
  readonly name: string;
  readonly changes: SqliteBroker;
  readonly dirty: DirtySessions;
  /**
   * Derives a session from a moment on, within the transaction that notes it as done.
   *
   * @returns from what moment on there is more to do
   */
  readonly derive: (session: number, fromAt: number) => number | undefined;
  readonly deadLetters: DeadLetters;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
}

/** One group behind the one that writes facts. */
export class SessionGroup {
  readonly #parts: SessionGroupParts;

  constructor(parts: SessionGroupParts) {
    this.#parts = parts;
  }

  /**
   * Derives the next sessions, and acknowledges all blocks where none is left. Only to be called
   * when every block that was announced is folded. In a transaction of the caller's nothing fails
   * alone.
   *
   * @returns how much was done; 0 when nothing is left to do
   */
  async runSlice(max: number): Promise<number> {
    const { dirty, name, changes } = this.#parts;
    const sessions = dirty.next(name, max);
    for (const [session, fromAt] of sessions) await this.#derive(session, fromAt);
    // Some may have more to do.
    if (dirty.count(name) > 0) return sessions.length;
    return sessions.length + changes.ackAll();
  }

  /** Derives a session whole, in the caller's transaction: for one that was buried. */
  fold(body: string): void {
    const { derive, dirty, name } = this.#parts;
    const { session } = JSON.parse(body) as { session?: unknown };
    if (typeof session !== "number") {
      throw new EventError("Cannot derive a session: its letter names none");
    }
    let from: number | undefined = EVERYTHING_AT;
    while (from !== undefined) from = derive(session, from);
    dirty.markBehind(name, session);
  }

  /** What is announced and not yet derived. */
  async depth(): Promise<number> {
    const { dirty, name, changes } = this.#parts;
    return await changes.depth() + dirty.count(name);
  }

  async #derive(session: number, fromAt: number): Promise<void> {
    const { db, dirty, name, derive, deadLetters, forget } = this.#parts;
    const isPart = db.isTransaction;
    try {
      inTransaction(db, () => dirty.settle(name, session, derive(session, fromAt)));
    } catch (error) {
      forget();
      if (isPart || !isPoison(error)) throw error;
      // One session that cannot be derived must not hold up all others.
      const delivery = {
        id: `session:${session}`,
        body: JSON.stringify({ session }),
        attempts: 1,
      };
      deadLetters.add({ stream: "cdc:events", group: name }, delivery, error);
      dirty.settle(name, session);
    }
  }
}
