/** Tests of the bell. */

import { equal } from "node:assert/strict";
import { Bell } from "../../core/bell.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

const never = new AbortController().signal;

Deno.test("Bell.wait() ends at a ring, each ring once", async () => {
  const bell = new Bell(), clock = new VirtualClock();
  const waiting = bell.wait(clock, 1000, never);
  bell.ring();
  equal(await waiting, true);

  const again = bell.wait(clock, 1000, never);
  clock.advance(1000);
  equal(await again, false);
});

Deno.test("Bell.wait() ends at once, when it rang before", async () => {
  const bell = new Bell(), clock = new VirtualClock();
  bell.ring();
  bell.ring();
  equal(await bell.wait(clock, 1000, never), true);
});

Deno.test("Bell.wait() ends without a ring, when it is aborted", async () => {
  const bell = new Bell(), clock = new VirtualClock(), stop = new AbortController();
  const waiting = bell.wait(clock, 1000, stop.signal);
  stop.abort();
  equal(await waiting, false);
});
