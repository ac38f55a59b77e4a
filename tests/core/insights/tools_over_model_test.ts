/** Tests of `core/insights/tools_over_model.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.tools_over_model";
const MINUTE_MS = 60_000;

/** Responses after a while, each with a call that took a time. */
function work(calls: number, modelMs: number, toolMs: number, tool = "Bash", isTimed = true) {
  const duration = isTimed ? { durationMs: toolMs } : {};
  return new Story().prompt().times(
    calls,
    (s) =>
      s.wait(modelMs - 2000).response().call(tool, { tookMs: toolMs, ...duration }).wait(toolMs),
  );
}

Deno.test("toolsOverModel() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, work(20, MINUTE_MS, 3 * MINUTE_MS));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Tools ran for 1 h 00 min, the model worked for 20 min");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { tool_ms: 60 * MINUTE_MS, model_ms: 20 * MINUTE_MS },
    20,
    null,
  ]);
  assert.equal(found!.severity, "medium");
});

Deno.test("toolsOverModel() finds nothing, when it is less or explained", async () => {
  const stories = [
    work(19, MINUTE_MS, 3 * MINUTE_MS),
    work(20, MINUTE_MS, MINUTE_MS),
    work(20, 5000, 80_000),
    // How long they ran is not known.
    work(20, MINUTE_MS, 3 * MINUTE_MS, "Bash", false),
    // A model works in these, too.
    work(20, MINUTE_MS, 3 * MINUTE_MS, "Task"),
    work(20, MINUTE_MS, 3 * MINUTE_MS, "AskUserQuestion"),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
