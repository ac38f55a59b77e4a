/** Tests of `core/insights/wrong_paths.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.wrong_paths";

Deno.test("wrongPaths() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(4, (s) => s.call("Read", { outcome: "failed", error: "not_found" })).times(
      8,
      (s) => s.call("Read"),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Read looked 4 times for what is not there");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ missing: 4 }, 12, "Read"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("wrongPaths() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(3, (s) => s.call("Read", { outcome: "failed", error: "not_found" })),
    new Story().times(4, (s) => s.call("Read", { outcome: "failed", error: "not_found" }))
      .times(80, (s) => s.call("Read")),
    // Of two tools.
    new Story().times(3, (s) => s.call("Read", { outcome: "failed", error: "not_found" }))
      .times(3, (s) => s.call("Glob", { outcome: "failed", error: "not_found" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
