/** Tests of `core/insights/slow_tools.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.slow_tools";

Deno.test("slowTools() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(4, (s) => s.call("Bash", { durationMs: 300_000 })).times(
      6,
      (s) => s.call("Bash", { durationMs: 900 }),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Calls of Bash took over a minute each 4 times, 20 min in all");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { slow: 4, total_ms: 1_200_000 },
    10,
    "Bash",
  ]);
  assert.deepEqual(found!.expected_gain, { tokens: null, cost_usd: null, duration_ms: 960_000 });
  assert.equal(found!.severity, "low");
});

Deno.test("slowTools() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Bash", { durationMs: 900_000 })),
    new Story().times(9, (s) => s.call("Bash", { durationMs: 61_000 })),
    // A person let it wait.
    new Story().times(9, (s) => s.call("Bash", { tookMs: 900_000 })),
    new Story().times(9, (s) => s.call("Task", { durationMs: 900_000 })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
