/** Tests of `core/insights/retry_storm.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.retry_storm";

Deno.test("retryStorm() finds it", async () => {
  const [found, ...more] = await findInsights(
    KIND,
    new Story().times(
      4,
      (s) =>
        s.call("Bash", { outcome: "failed" }).call("Read").call("Edit", { outcome: "failed" }),
    ),
  );

  assert.deepEqual(more, []);
  assert.equal(found!.title, "8 of 12 calls failed within ten minutes");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ failures: 8 }, 12, null]);
  assert.deepEqual(found!.expected_gain, { tokens: null, cost_usd: null, duration_ms: 11_000 });
  assert.equal(found!.severity, "low");
});

Deno.test("retryStorm() finds nothing, when it is less or explained", async () => {
  const stories = [
    new Story().times(7, (s) => s.call("Bash", { outcome: "failed" })),
    // Spread over hours.
    new Story().times(20, (s) => s.call("Bash", { outcome: "failed" }).wait(200_000)),
    // As many went well.
    new Story().times(
      10,
      (s) => s.call("Bash", { outcome: "failed" }).times(2, () => s.call("Bash")),
    ),
    // Sub-agents work beside each other.
    new Story().times(20, (s) => s.call("Bash", { outcome: "failed", sidechain: true })),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
