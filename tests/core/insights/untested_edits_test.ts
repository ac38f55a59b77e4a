/** Tests of `core/insights/untested_edits.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.untested_edits";

function edits(extension = "ts"): Story {
  return new Story().times(
    10,
    (s) => s.call("Edit", { file: "a", extension, added: 15, removed: 5 }),
  );
}

Deno.test("untestedEdits() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, edits().call("Bash", { form: "git" }));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "10 edits of code, 200 lines, and no test was run");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { edits: 10, lines: 200 },
    11,
    null,
  ]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("untestedEdits() finds nothing, when it is less or explained", async () => {
  const stories = [
    edits().call("Bash", { form: "test" }),
    // It may have run tests.
    edits().call("Bash", { form: "script" }),
    // From a client or a version that does not tell.
    edits().call("Bash"),
    edits().call("run_terminal_command"),
    edits().call("mcp:0badcafe"),
    edits().input("bash_input"),
    edits("md"),
    new Story().times(7, (s) => s.call("Edit", { file: "a", added: 50 })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
