/**
 * Wakes a loop that waits: also when it rang before the wait began.
 *
 * @module
 */

import type { Clock } from "./clock.ts";

/** Rung by anyone, heard by one. */
export class Bell {
  #rung = new AbortController();

  /** Ends the wait that goes on, or else the next one. */
  ring(): void {
    this.#rung.abort();
  }

  /**
   * Resolves at a ring, after `timeoutMs`, or when `signal` is aborted.
   *
   * @returns whether it rang
   */
  async wait(clock: Clock, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    await clock.sleep(timeoutMs, AbortSignal.any([this.#rung.signal, signal]));
    const rang = this.#rung.signal.aborted;
    if (rang) this.#rung = new AbortController();
    return rang;
  }
}
