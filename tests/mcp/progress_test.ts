/** Tests of `mcp/progress.ts`. */

import assert from "node:assert/strict";
import { withProgress } from "../../mcp/progress.ts";
import { NOON } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

/** Lets everything happen that waits for no clock. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("withProgress() tells each second that work goes on, and waits before its end", async () => {
  const clock = new VirtualClock(NOON);
  const told: number[] = [];
  const work = Promise.withResolvers<string>();
  let result = "";
  const all = withProgress(
    clock,
    async (progress) => void told.push(progress),
    () => work.promise,
  )
    .then((given) => result = given);
  for (let i = 0; i < 2; i++) {
    await settled();
    clock.advance(1000);
  }
  await settled();

  work.resolve("done");
  await settled();
  assert.deepEqual([told, result], [[1, 2], ""]);
  clock.advance(100);
  await all;

  assert.equal(result, "done");
});

Deno.test("withProgress() tells nothing of what is quick, and waits for nothing", async () => {
  const clock = new VirtualClock(NOON);
  const told: number[] = [];
  const tell = async (progress: number) => void told.push(progress);

  assert.equal(await withProgress(clock, tell, async () => "done"), "done");
  await assert.rejects(
    withProgress(clock, tell, () => Promise.reject(new Error("Cannot do it: no"))),
    /no/,
  );
  clock.advance(5000);
  await settled();

  assert.deepEqual(told, []);
});

Deno.test("withProgress() does the work alone, when nobody wants to know", async () => {
  assert.equal(await withProgress(new VirtualClock(NOON), undefined, async () => 7), 7);
});
