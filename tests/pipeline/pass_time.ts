/** Lets a virtual clock run while something is waited for. */

import type { VirtualClock } from "../helpers/virtual_clock.ts";

const STEPS_MAX = 10_000;

/** Turns the clock by `stepMs` between turns of the event loop, until the promise is settled. */
export async function passTime<T>(
  clock: VirtualClock,
  promise: Promise<T>,
  stepMs = 100,
): Promise<T> {
  let isSettled = false;
  const settle = () => isSettled = true;
  promise.then(settle, settle);
  for (let step = 0; !isSettled; step++) {
    if (step > STEPS_MAX) throw new Error("Cannot go on: what is waited for does not come");
    await nextTurn();
    if (!isSettled) clock.advance(stepMs);
  }
  return await promise;
}

/** Resolves in the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
