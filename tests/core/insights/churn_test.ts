/** Tests of `core/insights/churn.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.churn";

Deno.test("churn() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(8, (s) => s.call("Edit", { file: "a", added: 20, removed: 16 }))
      .times(2, (s) => s.call("Edit", { file: "b", added: 5 })),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A file (ts) was edited 8 times, 128 lines being taken away again");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { edits: 8, lines_removed: 128 },
    10,
    "ts",
  ]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("churn() knows an edit by its kind, whatever the tool is called", async () => {
  const edit = { file: "a", added: 20, removed: 16 };
  const tell = (kind: string) =>
    new Story().times(8, (s) => s.call("search_replace", { ...edit, kind }));

  assert.equal((await findInsights(KIND, tell("edit"))).length, 1);
  assert.deepEqual(await findInsights(KIND, tell("read")), []);
});

Deno.test("churn() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(7, (s) => s.call("Edit", { file: "a", added: 20, removed: 16 })),
    // It grew.
    new Story().times(20, (s) => s.call("Edit", { file: "a", added: 20, removed: 8 })),
    // Files of their own.
    new Story().times(20, (s, i) => s.call("Edit", { file: `f${i}`, added: 20, removed: 18 })),
    // Nothing much.
    new Story().times(9, (s) => s.call("Edit", { file: "a", added: 1, removed: 1 })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
