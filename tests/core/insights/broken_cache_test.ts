/** Tests of `core/insights/broken_cache.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.broken_cache";

Deno.test("brokenCache() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(4, (s) => s.response({ cacheCreation: 100_000 })),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A warm cache was not found 3 times");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ breaks: 3 }, 4, null]);
  assert.deepEqual(found!.expected_gain, { tokens: 300_000, cost_usd: 1.725, duration_ms: null });
  assert.equal(found!.severity, "medium");
});

Deno.test("brokenCache() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(3, (s) => s.response({ cacheCreation: 100_000 })),
    new Story().times(9, (s) => s.response({ cacheRead: 100_000, cacheCreation: 900 })),
    new Story().times(9, (s) => s.response({ cacheCreation: 100_000 }).input("context_compact")),
    new Story().times(9, (s) => s.response({ cacheCreation: 100_000 }).wait(600_000)),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
