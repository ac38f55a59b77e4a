/** Tests of `core/insights/hook_blocks.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.hook_blocks";

Deno.test("hookBlocks() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(3, (s) => s.call("Bash", { outcome: "hook_blocked" })).times(
      27,
      (s) => s.call("Bash"),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A hook blocked 3 of 30 calls of Bash");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ blocked: 3 }, 30, "Bash"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("hookBlocks() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Bash", { outcome: "hook_blocked" })),
    new Story().times(9, (s) => s.call("Bash", { outcome: "failed" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
