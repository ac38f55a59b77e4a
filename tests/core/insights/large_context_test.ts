/** Tests of `core/insights/large_context.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "context.large_context";

Deno.test("largeContext() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(25, (s) => s.response({ cacheRead: 220_000 })).times(
      5,
      (s) => s.response({ cacheRead: 90_000 }),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "25 of 30 responses carried over 120k tokens along, up to 220k");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { responses: 25, largest_tokens: 220_000 },
    30,
    null,
  ]);
  assert.deepEqual(found!.expected_gain, {
    tokens: 2_500_000,
    cost_usd: 1.25,
    duration_ms: null,
  });
  assert.equal(found!.severity, "low");
});

Deno.test("largeContext() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(24, (s) => s.response({ cacheRead: 220_000 })),
    new Story().times(50, (s) => s.response({ cacheRead: 119_000 })),
    new Story().times(50, (s) => s.response({ cacheRead: 220_000, sidechain: true })),
    // Estimates.
    new Story().times(50, (s) => s.response({ cacheRead: 220_000, tokens: "estimated" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
