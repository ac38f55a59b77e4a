/** Tests of `core/insights/heavy_start.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "context.heavy_start";

function start(cacheCreation: number, i: number, prompts = 1, more = {}): Story {
  return new Story(`s${i}`).times(prompts, (s) => s.prompt())
    .times(5, (s) => s.response({ cacheCreation, ...more }));
}

Deno.test("heavyStart() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    [56_000, 60_000, 180_000].map((tokens, i) => start(tokens, i)),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Sessions begin with 60.0k tokens of context");
  assert.deepEqual([found!.numbers, found!.n, found!.sessions], [{ tokens: 60_000 }, 5, 3]);
  // The one in the middle, three times: the largest may have lost its beginning.
  assert.equal(found!.expected_gain!.tokens, 3 * 5 * 10_000);
});

Deno.test("heavyStart() finds nothing, when it is less or explained", async () => {
  const stories = [
    [56_000, 60_000].map((tokens, i) => start(tokens, i)),
    [56_000, 60_000, 49_000].map((tokens, i) => start(tokens, i)),
    // What was typed filled it.
    [1, 2, 3].map((i) => start(60_000, i, 3)),
    // An estimate.
    [1, 2, 3].map((i) => start(60_000, i, 1, { tokens: "estimated" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
