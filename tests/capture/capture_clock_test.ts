/** Tests of `capture/capture.ts`: a clock that is set back holds nothing up. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage } from "./source_stage.ts";

Deno.test("Capture.follow() still looks at all files, when its clock goes back", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const clock = new VirtualClock();
  const { source } = stage.open();
  const stop = new AbortController();
  const following = new Capture({ sources: [source], clock }).follow(stop.signal);
  await until(() => stage.inbox.ids().length === 1 && clock.nextAt() !== undefined, "a wait");

  clock.setBack(3_600_000);
  stage.write("b.jsonl", plainLines("b1"));
  clock.advance(30_000);
  await until(() => stage.inbox.ids().length === 2, "the line of the new file");
  stop.abort();
  await following;

  assert.deepEqual(stage.inbox.ids(), ["a1", "b1"]);
});

Deno.test("Capture.follow() looks at all files as often as it is asked to", async () => {
  using stage = makeStage();
  const clock = new VirtualClock();
  const { source } = stage.open();
  let looks = 0;
  const scan = source.scan.bind(source);
  source.scan = () => {
    looks++;
    return scan();
  };
  const stop = new AbortController();
  const capture = new Capture({ sources: [source], clock, pollEveryMs: 5000 });
  const following = capture.follow(stop.signal);
  const pass = async (ms: number) => {
    await until(() => clock.nextAt() !== undefined, "a wait");
    clock.advance(ms);
    await until(() => clock.nextAt() !== undefined, "the next wait");
  };
  await pass(4999);
  const early = looks;
  await pass(1000);
  stop.abort();
  await following;

  assert.deepEqual([early, looks], [1, 2]);
});
