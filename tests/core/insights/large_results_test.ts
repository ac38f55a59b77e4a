/** Tests of `core/insights/large_results.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "context.large_results";

Deno.test("largeResults() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(3, (s) => s.call("Bash", { characters: 60_000 })).times(
      5,
      (s) => s.call("Bash", { characters: 900 }),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "3 of 8 results of Bash had over 10.0k tokens");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ large: 3 }, 8, "Bash"]);
  assert.deepEqual(found!.expected_gain, { tokens: 15_000, cost_usd: null, duration_ms: null });
  assert.equal(found!.severity, "low");
});

Deno.test("largeResults() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Bash", { characters: 60_000 })),
    new Story().times(9, (s) => s.call("Bash", { characters: 39_000 })),
    // In the context of a sub-agent.
    new Story().times(9, (s) => s.call("Bash", { characters: 60_000, sidechain: true })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
