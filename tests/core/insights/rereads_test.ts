/** Tests of `core/insights/rereads.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "context.rereads";

function read(story: Story, file = "a"): Story {
  return story.call("Read", { file, form: "whole", characters: 1600 });
}

Deno.test("rereads() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, new Story().times(6, (s) => read(s)));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "5 of 6 reads were of files that had not changed");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ rereads: 5 }, 6, null]);
  assert.deepEqual(found!.expected_gain, { tokens: 2000, cost_usd: null, duration_ms: null });
  assert.equal(found!.severity, "low");
});

Deno.test("rereads() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(5, (s) => read(s)),
    // Changed in between.
    new Story().times(9, (s) => read(s).call("Edit", { file: "a" })),
    // Forgotten in between.
    new Story().times(9, (s) => read(s).input("context_compact")),
    // Parts of it.
    new Story().times(9, (s) => s.call("Read", { file: "a", form: "part" })),
    // Seldom.
    new Story().times(6, (s) => read(s)).times(40, (s, i) => read(s, `f${i}`)),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
