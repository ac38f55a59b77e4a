/** Tests of `core/insights/unread_edits.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.unread_edits";

Deno.test("unreadEdits() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(6, (s) => s.call("Edit", { outcome: "failed", error: "file_not_read" }))
      .times(6, (s) => s.call("Edit")),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Edit was refused 6 times for files that were not read before");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ refused: 6 }, 12, "Edit"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "medium");
});

Deno.test("unreadEdits() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(2, (s) => s.call("Edit", { outcome: "failed", error: "file_not_read" })),
    new Story().times(3, (s) => s.call("Edit", { outcome: "failed", error: "file_not_read" }))
      .times(200, (s) => s.call("Edit")),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
