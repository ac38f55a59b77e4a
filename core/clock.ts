/**
 * Time as a value: everything that asks for the time or waits gets a {@linkcode Clock}, so that
 * tests can turn its hands.
 *
 * @module
 */

/** What tells the time and waits. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after `timeoutMs`, or at once when `signal` is aborted; never rejects. */
  sleep(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(timeoutMs, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      signal?.addEventListener("abort", done, { once: true });
    });
  },
};
