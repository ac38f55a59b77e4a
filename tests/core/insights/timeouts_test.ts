/** Tests of `core/insights/timeouts.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.timeouts";

Deno.test("timeouts() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(
      2,
      (s) => s.call("Bash", { outcome: "failed", error: "timeout", durationMs: 120_000 }),
    ).times(
      28,
      (s) => s.call("Bash"),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Bash ran out of time 2 times");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ timeouts: 2 }, 30, "Bash"]);
  assert.deepEqual(found!.expected_gain, { tokens: null, cost_usd: null, duration_ms: 240_000 });
  assert.equal(found!.severity, "low");
});

Deno.test("timeouts() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().call("Bash", { outcome: "failed", error: "timeout" }),
    new Story().times(9, (s) => s.call("Bash", { durationMs: 500_000 })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
