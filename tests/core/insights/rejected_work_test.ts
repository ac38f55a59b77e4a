/** Tests of `core/insights/rejected_work.ts`, over the real facts. */

import assert from "node:assert/strict";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.rejected_work";

/** Sessions of calls that cost a dime each, some of which a person turned down. */
function refused({ sessions = 4, calls = 5, rejected = 3, output = 4000 } = {}): Story[] {
  return Array.from({ length: sessions }, (_, i) => {
    const story = new Story(`s${i}`, { at: NOON + i * 3_600_000 }).prompt();
    return story.times(calls, (s, k) => {
      const message = `m${i}-${k}`, outcome = k < rejected ? "rejected" : "ok";
      s.response({ message, output, calls: 1 }).call("Edit", { message, outcome });
    });
  });
}

Deno.test("rejectedWork() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, refused());

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Calls of Edit that you turned down cost $1.20: 12 of 20");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { rejected_usd: 1.2, rejected: 12 },
    20,
    "Edit",
  ]);
  assert.equal(found!.expected_gain!.cost_usd, 1.2);
});

Deno.test("rejectedWork() finds nothing, when it is less or explained", async () => {
  const stories = [
    // For cents.
    refused({ output: 400 }),
    // In two sessions.
    refused({ sessions: 2, calls: 10, rejected: 8 }),
    // Now and then.
    refused({ calls: 40, rejected: 3 }),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
