/** Tests of `core/insights/rising_failures.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.rising_failures";

Deno.test("risingFailures() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(40, (s, i) => s.call("Bash", i % 20 === 0 ? { outcome: "failed" } : {}))
      .times(40, (s, i) => s.call("Bash", i % 2 === 0 ? { outcome: "failed" } : {})),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Failures rose late in the session: 20 of 40 calls, 2 before");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { late_failures: 20, early_failures: 2 },
    40,
    null,
  ]);
  assert.deepEqual(found!.expected_gain, null);
  assert.equal(found!.severity, "medium");
});

Deno.test("risingFailures() finds nothing, when it is less or explained", async () => {
  const stories = [
    // Too few.
    new Story().times(25, (s) => s.call("Bash"))
      .times(25, (s) => s.call("Bash", { outcome: "failed" })),
    // By chance.
    new Story().times(40, (s, i) => s.call("Bash", i < 4 ? { outcome: "failed" } : {}))
      .times(40, (s, i) => s.call("Bash", i < 9 ? { outcome: "failed" } : {})),
    // It got better.
    new Story().times(40, (s) => s.call("Bash", { outcome: "failed" }))
      .times(40, (s) => s.call("Bash")),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
