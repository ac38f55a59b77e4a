/** Tests of `core/insights/fast_mode.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.fast_mode";
const FAST = "claude-opus-4-6";

Deno.test("fastMode() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(20, (s) => s.response({ model: FAST, output: 1000, fast: true })).response({
      model: FAST,
    }),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "20 of 21 responses came in the fast mode");
  assert.deepEqual([found!.numbers, found!.n], [{ fast_responses: 20 }, 21]);
  // Six times the price of 25 dollars a million.
  assert.equal(found!.expected_gain!.cost_usd, 2.5);
});

Deno.test("fastMode() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(19, (s) => s.response({ model: FAST, output: 1000, fast: true })),
    new Story().times(40, (s) => s.response({ model: FAST, output: 1000 })),
    // For cents.
    new Story().times(40, (s) => s.response({ model: FAST, output: 10, fast: true })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
