/** Tests of `core/insights/edit_mismatches.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.edit_mismatches";

Deno.test("editMismatches() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(4, (s) => s.call("Edit", { outcome: "failed", error: "text_not_found" }))
      .times(6, (s) => s.call("Edit")),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Edit missed its place 4 times in 10 calls");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ mismatches: 4 }, 10, "Edit"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("editMismatches() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(3, (s) => s.call("Edit", { outcome: "failed", error: "text_not_found" })),
    // Seldom, in many.
    new Story().times(4, (s) => s.call("Edit", { outcome: "failed", error: "text_ambiguous" }))
      .times(80, (s) => s.call("Edit")),
    new Story().times(9, (s) => s.call("Edit", { outcome: "failed", error: "syntax" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
