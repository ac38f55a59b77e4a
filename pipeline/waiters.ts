/**
 * Those who wait for the next step of a work that others do.
 *
 * @module
 */

/** Tells all of them at once, each but once. */
export class Waiters {
  #waiting: PromiseWithResolvers<void>[] = [];

  /** Resolves with the next step; rejects when that failed, or when there comes none. */
  wait(): Promise<void> {
    const waiter = Promise.withResolvers<void>();
    this.#waiting.push(waiter);
    return waiter.promise;
  }

  /** Tells those who wait by now of a step, or why there is none. */
  tell(error?: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) error ? waiter.reject(error) : waiter.resolve();
  }
}
