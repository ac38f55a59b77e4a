/** Tests of `core/insights/rejected_calls.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.rejected_calls";

Deno.test("rejectedCalls() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(3, (s) => s.call("Edit", { outcome: "rejected" })).times(
      5,
      (s) => s.call("Edit"),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "You turned down 3 of 8 calls of Edit");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ rejected: 3 }, 8, "Edit"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("rejectedCalls() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Edit", { outcome: "rejected" })),
    new Story().times(3, (s) => s.call("Edit", { outcome: "rejected" }))
      .times(60, (s) => s.call("Edit")),
    // What exists to be asked.
    new Story().times(9, (s) => s.call("ExitPlanMode", { outcome: "rejected" })),
    // No person said no.
    new Story().times(9, (s) => s.call("Edit", { outcome: "permission_denied" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
