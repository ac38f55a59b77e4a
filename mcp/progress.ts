/**
 * Tells who waits long for an answer that it comes.
 *
 * A client may take word of progress that comes together with the answer for one of an unknown
 * call, and hang up (measured: Claude Code 2.1.112). So nothing is told of what is quick, and an
 * answer keeps a distance to the last word.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";

const EVERY_MS = 1000;
const DISTANCE_MS = 100;

/**
 * Does work, and calls `tell` with 1, 2, … as long as it lasts.
 *
 * @param tell undefined where nobody wants to know
 */
export async function withProgress<T>(
  clock: Clock,
  tell: ((progress: number) => Promise<void>) | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!tell) return await work();
  const done = new AbortController();
  // Whoever is gone hears nothing, and gets no answer either.
  const telling = tellUntil(clock, tell, done.signal).catch(() => 0);
  try {
    return await work();
  } finally {
    done.abort();
    if (await telling > 0) await clock.sleep(DISTANCE_MS);
  }
}

/** @returns how often it was told */
async function tellUntil(
  clock: Clock,
  tell: (progress: number) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  for (let told = 0;; told++) {
    await clock.sleep(EVERY_MS, signal);
    if (signal.aborted) return told;
    await tell(told + 1);
  }
}
