/** Tests of `core/clock.ts`: the one clock that is not virtual. */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";

Deno.test("systemClock.now() tells the time of the machine", () => {
  const before = Date.now();

  const now = systemClock.now();

  assert.ok(before <= now && now <= Date.now());
});

Deno.test("systemClock.sleep() resolves, when the time is over", async () => {
  const before = performance.now();

  await systemClock.sleep(5);

  assert.ok(performance.now() - before >= 4);
});

Deno.test("systemClock.sleep() resolves at once, when its signal was aborted before", async () => {
  await systemClock.sleep(3_600_000, AbortSignal.abort());
});

Deno.test("systemClock.sleep() resolves and stops its timer, when it is aborted", async () => {
  const stop = new AbortController();

  const sleep = systemClock.sleep(3_600_000, stop.signal);
  stop.abort();

  // A timer that went on would fail the test as a leak.
  await sleep;
});
