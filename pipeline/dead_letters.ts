/**
 * Dead letters: entries that could not be handled, kept in the database file to be looked at and
 * played again: events for seven days, blocks that could not be folded until they are.
 *
 * @module
 */

import type { Delivery } from "../core/broker.ts";
import type { Clock } from "../core/clock.ts";
import { type Database } from "../core/database.ts";
import { LETTER_KEPT_MS, type LetterChoice, readLetterBody } from "../core/dead_letters.ts";
import { EventError } from "../core/event.ts";
import { isConstraintError } from "../core/sqlite_error.ts";

/** Where an entry came from. */
export interface LetterOrigin {
  readonly stream: "telemetry:events" | "cdc:events";
  /** The consumer group that could not handle it. */
  readonly group: string;
}

/** An entry that failed for good. */
export interface DeadLetter extends LetterOrigin {
  readonly id: number;
  /** The entry; null where it might hold anything. */
  readonly body: string | null;
}

/** The table of dead letters; every call is a part of the caller's transaction, or one alone. */
export class DeadLetters {
  readonly #clock: Clock;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, clock: Clock) {
    this.#clock = clock;
    this.#statements = prepare(db);
  }

  /**
   * Keeps an entry that failed; the caller acknowledges it afterwards. Twice is one letter, of the
   * last time.
   */
  add({ stream, group }: LetterOrigin, { id, body, attempts }: Delivery, error: unknown): void {
    const kept = readLetterBody(stream, body) ? body : null;
    const [kind, message] = describe(error);
    const now = this.#clock.now();
    this.#statements.add.run(stream, group, id, kind, message, attempts, now, kept);
  }

  /** Notes that a letter failed once more. */
  failAgain({ id }: DeadLetter, error: unknown): void {
    const [kind, message] = describe(error);
    this.#statements.failAgain.run(kind, message, this.#clock.now(), id);
  }

  /** The next letters of a choice, by id, after `after` and up to `last`. */
  next(choice: LetterChoice, after: number, last: number, max: number): DeadLetter[] {
    const ids = "ids" in choice ? JSON.stringify(choice.ids) : null;
    return this.#statements.next.all(ids, after, last, max) as unknown as DeadLetter[];
  }

  /** The highest id that was given out. */
  lastId(): number {
    return (this.#statements.lastId.get() as { id: number }).id;
  }

  /** Removes letters. @returns how many there were */
  drop(choice: LetterChoice): number {
    const ids = "ids" in choice ? JSON.stringify(choice.ids) : null;
    return Number(this.#statements.drop.run(ids).changes);
  }

  /**
   * Removes events whose time is over. A block that could not be folded stays until it is: its
   * events are stored, and nothing else remembers that no report counts them.
   */
  expire(): void {
    this.#statements.expire.run(this.#clock.now() - LETTER_KEPT_MS);
  }
}

/** Whether trying again cannot help: the entry itself is at fault, not the disk. */
export function isPoison(error: unknown): boolean {
  return error instanceof EventError || error instanceof RangeError ||
    error instanceof SyntaxError || isConstraintError(error) || isBrokenBlock(error);
}

/** Whether it is what `node:zlib` throws for bytes that it cannot inflate. */
function isBrokenBlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

/** Class of an error, and its message where that is one of our own: they hold no content. */
function describe(error: unknown): [kind: string, message: string | null] {
  if (!(error instanceof Error)) return ["unknown", null];
  const code = "code" in error && error.name === "Error" ? String(error.code) : error.name;
  return [code, error.message.startsWith("Cannot ") ? error.message : null];
}

function prepare(db: Database) {
  const chosen = "(?1 is null or id in (select value from json_each(?1)))";
  return {
    add: db.prepare(
      `insert into dead_letters
         (stream, consumers, entry, error, message, attempts, dead_at, body)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set error = excluded.error,
         message = excluded.message, attempts = excluded.attempts, dead_at = excluded.dead_at`,
    ),
    failAgain: db.prepare(
      `update dead_letters set error = ?, message = ?, dead_at = ?, attempts = attempts + 1
       where id = ?`,
    ),
    next: db.prepare(
      `select id, stream, consumers as "group", body from dead_letters
       where ${chosen} and id > ?2 and id <= ?3 order by id limit ?4`,
    ),
    lastId: db.prepare("select ifnull(max(id), 0) as id from dead_letters"),
    drop: db.prepare(`delete from dead_letters where ${chosen}`),
    expire: db.prepare(
      "delete from dead_letters where dead_at < ? and stream = 'telemetry:events'",
    ),
  };
}
