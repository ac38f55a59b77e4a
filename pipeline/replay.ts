/**
 * Handles dead letters once more, without the queue: what is handled now and what is no letter
 * any more is one transaction, so no crash loses a letter or counts it twice, whatever the queue
 * is. An entry that stops the process stays a letter, and stops it only when someone asks.
 *
 * @module
 */

import { type Database, inTransaction } from "../core/database.ts";
import type { LetterChoice, Replayed } from "../core/dead_letters.ts";
import { type DeadLetter, type DeadLetters, isPoison } from "./dead_letters.ts";

/** What a {@linkcode Replay} works with. */
export interface ReplayParts {
  readonly db: Database;
  readonly letters: DeadLetters;
  /** Stores events, as the fast path does. */
  readonly store: (bodies: readonly string[]) => void;
  /** Folds what an announcement tells of for one group, as its slow path does. */
  readonly fold: (group: string, body: string) => void;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
}

const STEP_MAX = 100;

/** One round over the letters that were chosen, in small steps. */
export class Replay {
  readonly #parts: ReplayParts;
  readonly #choice: LetterChoice;
  readonly #last: number;
  #after = 0;
  #stored = 0;
  readonly #cameBack: number[] = [];
  readonly #notKept: number[] = [];

  constructor(parts: ReplayParts, choice: LetterChoice) {
    this.#parts = parts;
    this.#choice = choice;
    this.#last = parts.letters.lastId();
  }

  /** What has become of them so far. */
  get result(): Replayed {
    return { stored: this.#stored, came_back: this.#cameBack, not_kept: this.#notKept };
  }

  /**
   * Tries the next letters; no transaction may be open.
   *
   * @returns whether there were any
   * @throws what the database throws when it cannot write (a full disk): they stay letters
   */
  step(): boolean {
    const { letters } = this.#parts;
    const next = letters.next(this.#choice, this.#after, this.#last, STEP_MAX);
    const kept = next.filter(({ body }) => body !== null);
    this.#handle(kept.filter(({ stream }) => stream === "telemetry:events"));
    for (const letter of kept.filter(({ stream }) => stream !== "telemetry:events")) {
      this.#handle([letter]);
    }
    this.#notKept.push(...next.filter(({ body }) => body === null).map(({ id }) => id));
    this.#after = next.at(-1)?.id ?? this.#after;
    return next.length > 0;
  }

  /** Handles letters together, or halves them until what fails stands alone. */
  #handle(batch: readonly DeadLetter[]): void {
    const [first] = batch;
    if (!first) return;
    try {
      inTransaction(this.#parts.db, () => this.#perform(batch));
      this.#stored += batch.length;
    } catch (error) {
      this.#parts.forget();
      if (!isPoison(error)) throw error;
      if (batch.length === 1) {
        this.#parts.letters.failAgain(first, error);
        this.#cameBack.push(first.id);
      } else {
        const middle = batch.length >> 1;
        this.#handle(batch.slice(0, middle));
        this.#handle(batch.slice(middle));
      }
    }
  }

  #perform(batch: readonly DeadLetter[]): void {
    const bodies = batch.map(({ body }) => body!);
    if (batch[0]!.stream === "telemetry:events") this.#parts.store(bodies);
    else this.#parts.fold(batch[0]!.group, bodies[0]!);
    this.#parts.letters.drop({ ids: batch.map(({ id }) => id) });
  }
}
