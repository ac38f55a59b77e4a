/** Tests of `core/insights/dear_model.ts`, over the real facts. */

import assert from "node:assert/strict";
import { HAIKU } from "../../helpers/filled_home.ts";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.dear_model";

/** Small sessions on two models. */
function small({ count = 15, calls = 3, cheapOutcome = "ok", output = 2000 } = {}): Story[] {
  return ["claude-opus-4-5", HAIKU].flatMap((model) =>
    Array.from(
      { length: count },
      (_, i) =>
        new Story(`${model}-${i}`, { at: NOON + i * 60_000 }).prompt()
          .times(calls, (s) => s.call("Edit", { outcome: model === HAIKU ? cheapOutcome : "ok" }))
          .response({ model, output }),
    )
  );
}

Deno.test("dearModel() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, small());

  assert.deepEqual(more, []);
  assert.equal(found!.title, "15 small sessions ran on claude-opus-4-5 at $0.05 each");
  assert.deepEqual([found!.numbers, found!.n], [{ small_sessions: 15, median_usd: 0.05 }, 30]);
  assert.equal(found!.about, "claude-opus-4-5");
  assert.equal(found!.expected_gain!.cost_usd, 0.6);
});

Deno.test("dearModel() finds nothing, when it is less or explained", async () => {
  const stories = [
    small({ count: 14 }),
    // Large ones.
    small({ calls: 20 }),
    // The cheap model fails at them.
    small({ cheapOutcome: "failed" }),
    // For cents.
    small({ output: 200 }),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
