/**
 * Long work that leaves nothing half done behind, where its user ends it.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** Lets signals be heard between two pieces of work. @throws what ends the work */
export type Turn = () => Promise<void>;

/**
 * Does the work; a signal to end it is thrown at its next turn, so that all it holds is put away.
 *
 * @returns undefined when it was interrupted
 */
export async function interruptible<T>(
  io: Pick<Io, "onInterrupt">,
  work: (turn: Turn) => Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController(), { signal } = stop;
  using _interrupt = io.onInterrupt(() => stop.abort());
  try {
    return await work(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}
