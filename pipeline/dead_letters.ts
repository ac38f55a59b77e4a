/**
 * Dead letters: entries that could not be handled, kept to be looked at and played again.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Delivery } from "../core/broker.ts";
import { decodeEvent, EventError } from "../core/event.ts";
import type { SqliteBroker } from "./sqlite_broker.ts";

/** An entry that failed for good. */
export interface DeadLetter {
  readonly stream: string;
  /** The entry, to be played again; null where it is no event and might hold anything. */
  readonly body: string | null;
  /** Class of the error, and its message where that is one of our own: they hold no content. */
  readonly error: string;
  readonly attempts: number;
  /** ISO time. */
  readonly dead_at: string;
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
      body: stream === "telemetry:events" && !isEvent(delivery.body) ? null : delivery.body,
      error: describe(error),
      attempts: delivery.attempts,
      dead_at: new Date(this.#clock.now()).toISOString(),
    };
    await this.#broker.publish([JSON.stringify(letter)]);
  }
}

function isEvent(body: string): boolean {
  try {
    decodeEvent(body);
    return true;
  } catch (error) {
    if (error instanceof EventError) return false;
    throw error;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.message.startsWith("Cannot ") ? `${error.name}: ${error.message}` : error.name;
}
