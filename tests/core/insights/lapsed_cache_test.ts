/** Tests of `core/insights/lapsed_cache.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.lapsed_cache";

Deno.test("lapsedCache() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(4, (s) => s.response({ cacheCreation: 100_000 }).wait(600_000)),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "The context was cached anew after 3 pauses");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ lapses: 3 }, 4, null]);
  assert.deepEqual(found!.expected_gain, { tokens: 300_000, cost_usd: 1.725, duration_ms: null });
  assert.equal(found!.severity, "medium");
});

Deno.test("lapsedCache() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(3, (s) => s.response({ cacheCreation: 100_000 }).wait(600_000)),
    // Still warm.
    new Story().times(
      9,
      (s) => s.response({ cacheRead: 100_000, cacheCreation: 900 }).wait(600_000),
    ),
    // It is kept for an hour.
    new Story().times(
      9,
      (s) => s.response({ cacheCreation: 100_000, cacheCreation1h: 100_000 }).wait(600_000),
    ),
    // No pause.
    new Story().times(9, (s) => s.response({ cacheCreation: 100_000 })),
    // Another context.
    new Story().times(
      9,
      (s) => s.response({ cacheCreation: 100_000 }).wait(600_000).input("context_clear"),
    ),
    // Next to nothing.
    new Story().times(9, (s) => s.response({ cacheCreation: 5_000 }).wait(600_000)),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
