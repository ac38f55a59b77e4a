/** Tests of `core/insights/denied_calls.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.denied_calls";

Deno.test("deniedCalls() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(6, (s) => s.call("Bash", { outcome: "permission_denied" })).times(
      24,
      (s) => s.call("Bash"),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "6 calls of Bash were forbidden by your rules");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ denied: 6 }, 30, "Bash"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "medium");
});

Deno.test("deniedCalls() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Bash", { outcome: "permission_denied" })),
    new Story().times(9, (s) => s.call("Bash", { outcome: "rejected" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
