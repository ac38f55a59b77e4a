/** Tests of a capture whose clock does not only go on. */

import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage } from "./source_stage.ts";

Deno.test("Capture.follow() looks at all files, when the clock was set back", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const clock = new VirtualClock();
  const capture = new Capture({ sources: [stage.open().source], clock });
  const stop = new AbortController();
  const following = capture.follow(stop.signal);
  try {
    await until(() => stage.inbox.ids().length === 1, "the first line");
    clock.setBack(3_600_000);
    stage.write("b.jsonl", plainLines("b1"));
    // Far less than the hour that it was set back.
    await until(() => {
      clock.advance(1000);
      return stage.inbox.ids().length === 2;
    }, "the line of the new file");
  } finally {
    stop.abort();
    await following;
  }

  assert.deepEqual(stage.inbox.ids(), ["a1", "b1"]);
});
