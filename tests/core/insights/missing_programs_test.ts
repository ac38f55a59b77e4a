/** Tests of `core/insights/missing_programs.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.missing_programs";

Deno.test("missingPrograms() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(3, (s) => s.call("Bash", { outcome: "failed", error: "command_not_found" }))
      .times(27, (s) => s.call("Bash")),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Bash called programs that are not installed, 3 times");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ missing: 3 }, 30, "Bash"]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("missingPrograms() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(
      2,
      (s) => s.call("Bash", { outcome: "failed", error: "command_not_found" }),
    ),
    new Story().times(9, (s) => s.call("Bash", { outcome: "failed", error: "exit_code" })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
