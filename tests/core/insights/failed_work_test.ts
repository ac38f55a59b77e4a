/** Tests of `core/insights/failed_work.ts`, over the real facts. */

import assert from "node:assert/strict";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.failed_work";

/** Sessions of calls that cost a dime each, some of which failed. */
function failing({ sessions = 4, calls = 5, failed = 3, output = 4000 } = {}): Story[] {
  return Array.from({ length: sessions }, (_, i) => {
    const story = new Story(`s${i}`, { at: NOON + i * 3_600_000 }).prompt();
    return story.times(calls, (s, k) => {
      const message = `m${i}-${k}`, outcome = k < failed ? "failed" : "ok";
      s.response({ message, output, calls: 1 }).call("Bash", { message, outcome });
    });
  });
}

Deno.test("failedWork() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, failing());

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Calls of Bash that failed cost $1.20: 12 of 20");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { failed_usd: 1.2, failed: 12 },
    20,
    "Bash",
  ]);
  assert.equal(found!.expected_gain!.cost_usd, 1.2);
});

Deno.test("failedWork() finds nothing, when it is less or explained", async () => {
  const stories = [
    // For cents.
    failing({ output: 400 }),
    // In two sessions.
    failing({ sessions: 2, calls: 10, failed: 8 }),
    // Now and then.
    failing({ calls: 40, failed: 3 }),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
