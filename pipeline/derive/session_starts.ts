/**
 * How a client says that a session began or went on: a hook tells it.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Words } from "../../core/words.ts";

/** Writes the table `session_starts`. */
export class SessionStarts {
  readonly #words: Words;
  readonly #add: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#add = db.prepare(
      "insert or ignore into session_starts (session, at, source) values (?, ?, ?)",
    );
  }

  /** Notes what a hook tells; the caller holds the transaction. */
  tell(session: number, { timestamp, payload: { source } }: TelemetryEvent): void {
    if (typeof source !== "string") return;
    this.#add.run(session, timestamp, this.#words.number(source));
  }
}
