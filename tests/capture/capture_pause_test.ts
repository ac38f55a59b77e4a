/** Tests of `capture/capture.ts`: what was written while nothing was captured is looked at. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage } from "./source_stage.ts";

Deno.test("Capture.follow() looks at all files at once, when a pause is over", async () => {
  using stage = makeStage();
  const clock = new VirtualClock();
  let isPaused = false, asked = 0;
  const capture = new Capture({
    sources: [stage.open().source],
    clock,
    isPaused() {
      asked++;
      return isPaused;
    },
  });
  const stop = new AbortController();
  const following = capture.follow(stop.signal);
  const pass = async () => {
    await until(() => clock.nextAt() !== undefined, "a wait");
    const before = asked;
    clock.advance(1000);
    await until(() => asked > before, "a look");
  };
  await pass();
  isPaused = true;
  stage.write("a.jsonl", plainLines("a1"));
  await pass();
  const during = stage.inbox.ids();
  isPaused = false;
  await pass();
  await until(() => stage.inbox.ids().length === 1, "what was written");
  stop.abort();
  await following;

  assert.deepEqual([during, stage.inbox.ids()], [[], ["a1"]]);
});
