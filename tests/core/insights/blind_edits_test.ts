/** Tests of `core/insights/blind_edits.ts`, over the real facts. */

import assert from "node:assert/strict";
import type { SafeText } from "../../../core/privacy.ts";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "patterns.blind_edits";

Deno.test("blindEdits() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(5, (s, i) => s.call("Edit", { file: `f${i}` }))
      .call("Read", { file: "r" }).call("Edit", { file: "r" }),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "5 of 6 files were changed without being read before");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ files: 5 }, 6, null]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "low");
});

Deno.test("blindEdits() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(3, (s, i) => s.call("Edit", { file: `f${i}` })),
    new Story().times(
      9,
      (s, i) => s.call("Read", { file: `f${i}` }).call("Edit", { file: `f${i}` }),
    ),
    // Made here.
    new Story().times(
      9,
      (s, i) => s.call("Write", { file: `f${i}` }).call("Edit", { file: `f${i}` }),
    ),
    // It goes on from another session.
    new Story().response({ cacheRead: 90_000 }).times(
      9,
      (s, i) => s.call("Edit", { file: `f${i}` }),
    ),
    // It may go on from another session: nobody knows.
    new Story().response({ tokens: "not_kept" }).times(
      9,
      (s, i) => s.call("search_replace", { file: `f${i}`, kind: "edit" }),
    ),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});

Deno.test("blindEdits() finds nothing in a fork, as it has read where it came from", async () => {
  const origin = new Story("a").prompt().call("Read", { file: "f0" });
  const copied = origin.events.map((event) => ({ ...event, sessionId: "b" as SafeText }));
  const fork = new Story("b", { at: NOON + 60_000 })
    .times(6, (s, i) => s.call("Edit", { file: `f${i}` }));
  fork.events.unshift(...copied);

  assert.deepEqual(await findInsights(KIND, [origin, fork]), []);
});
