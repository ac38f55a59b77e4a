/** Tests of waiting for work that may be left alone. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { untilAborted } from "../../cli/until_aborted.ts";

/** A signal that knows who listens to it. */
function watchedSignal() {
  const stop = new AbortController(), listeners = new Set<unknown>();
  const { signal } = stop;
  const add = signal.addEventListener, remove = signal.removeEventListener;
  signal.addEventListener = (...given: unknown[]) => {
    listeners.add(given[1]);
    add.apply(signal, given as Parameters<typeof add>);
  };
  signal.removeEventListener = (...given: unknown[]) => {
    listeners.delete(given[1]);
    remove.apply(signal, given as Parameters<typeof remove>);
  };
  return { stop, signal, listeners };
}

Deno.test("untilAborted() gives what the work gives, or its error", async () => {
  const { signal } = new AbortController();
  equal(await untilAborted(Promise.resolve(7), signal), 7);
  await rejects(untilAborted(Promise.reject(new Error("Cannot work")), signal), /Cannot work/);
});

Deno.test("untilAborted() waits no longer, once the signal is aborted", async () => {
  const { stop, signal, listeners } = watchedSignal();
  const work = Promise.withResolvers<number>();
  const waiting = untilAborted(work.promise, signal);
  equal(listeners.size, 1);

  stop.abort();

  equal(await waiting, undefined);
  equal(await untilAborted(new Promise(() => {}), signal), undefined);
  // Nobody hears of it, and that is no unhandled rejection.
  work.reject(new Error("Cannot work"));
});

Deno.test("untilAborted() leaves nothing on the signal, however often it waits", async () => {
  const { signal, listeners } = watchedSignal();
  const seen = new Set<number>();
  for (let round = 0; round < 10_000; round++) {
    const work = Promise.withResolvers<number>();
    const waiting = untilAborted(work.promise, signal);
    seen.add(listeners.size);
    if (round % 2) work.resolve(round);
    else work.reject(new Error("Cannot work"));
    await Promise.allSettled([waiting]);
  }
  deepEqual([[...seen], listeners.size], [[1], 0]);
});
