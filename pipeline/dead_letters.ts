/**
 * Dead letters: entries that could not be handled, kept to be looked at and played again.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Delivery } from "../core/broker.ts";
import type { SqliteBroker } from "./sqlite_broker.ts";

/** An entry that failed for good. */
export interface DeadLetter {
  readonly stream: string;
  readonly body: string;
  /** Class of the error; its message never holds content. */
  readonly error: string;
  readonly attempts: number;
  /** ISO time. */
  readonly deadAt: string;
}

/** Writes to `telemetry:dlq`. */
export class DeadLetters {
  readonly #broker: SqliteBroker;
  readonly #clock: Clock;

  constructor(broker: SqliteBroker, clock: Clock) {
    this.#broker = broker;
    this.#clock = clock;
  }

  /** Stores an entry that failed; the caller acknowledges it afterwards. */
  async add(stream: string, delivery: Delivery, error: unknown): Promise<void> {
    const letter: DeadLetter = {
      stream,
      body: delivery.body,
      error: error instanceof Error ? `${error.name}: ${error.message}` : "unknown",
      attempts: delivery.attempts,
      deadAt: new Date(this.#clock.now()).toISOString(),
    };
    await this.#broker.publish([JSON.stringify(letter)]);
  }
}
