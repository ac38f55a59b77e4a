/** Tests of `core/insights/interruptions.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.interruptions";

Deno.test("interruptions() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(10, (s, i) => {
      s.prompt().response();
      // Twice in one turn is one broken turn.
      if (i < 4) s.input("interruption").input("interruption");
    }),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "You broke off 4 of 10 turns");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ interrupted: 4 }, 10, null]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("interruptions() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(10, (s, i) => i < 2 ? s.prompt().input("interruption") : s.prompt()),
    new Story().times(40, (s, i) => i < 4 ? s.prompt().input("interruption") : s.prompt()),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
