/** Tests of `core/insights/always_granted.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.always_granted";

Deno.test("alwaysGranted() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(
      30,
      (s) => s.askedCall("Bash", { tookMs: 9000, durationMs: 1000 }).wait(9000),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "You let Bash run 30 of the 30 times it asked");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ granted: 30 }, 30, "Bash"]);
  assert.deepEqual(found!.expected_gain, { tokens: null, cost_usd: null, duration_ms: 240_000 });
  assert.equal(found!.severity, "medium");
});

Deno.test("alwaysGranted() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(14, (s) => s.askedCall("Bash")),
    // Nobody was asked.
    new Story().times(40, (s) => s.call("Bash")),
    // Often turned down.
    new Story().times(
      40,
      (s, i) => s.askedCall("Bash", i % 4 === 0 ? { outcome: "rejected" } : {}),
    ),
    new Story().times(40, (s) => s.askedCall("ExitPlanMode")),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
