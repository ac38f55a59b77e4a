/** Tests of `core/insights/dear_lines.ts`, over the real facts. */

import assert from "node:assert/strict";
import { HAIKU } from "../../helpers/filled_home.ts";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.dear_lines";
const OPUS = "claude-opus-4-5";

/** Sessions on two models that each write so many lines. */
function written({ count = 12, added = 40, output = 8000, cheapOutcome = "ok" } = {}): Story[] {
  return [OPUS, HAIKU].flatMap((model) =>
    Array.from({ length: count }, (_, i) => {
      const story = new Story(`${model}-${i}`, { at: NOON + i * 60_000 }).prompt();
      return story.times(2, (s, k) => {
        const message = `${model}-${i}-m${k}`;
        const outcome = model === HAIKU && k > 0 ? cheapOutcome : "ok";
        s.response({ message, model, output, calls: 1 })
          .call("Edit", { message, outcome, added: outcome === "ok" ? added : 0 });
      });
    })
  );
}

Deno.test("dearLines() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, written());

  assert.deepEqual(more, []);
  // 16,000 tokens for 80 lines: 25 and 5 dollars a million.
  assert.equal(found!.title, "960 kept lines by claude-opus-4-5 cost $0.005 each");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { kept_lines: 960, median_usd: 0.005 },
    24,
    OPUS,
  ]);
  assert.equal(found!.expected_gain!.cost_usd, 3.84);
});

Deno.test("dearLines() finds nothing, when it is less or explained", async () => {
  const stories = [
    written({ count: 11 }),
    // Few lines.
    written({ added: 9 }),
    // For cents.
    written({ output: 1000 }),
    // The cheap model's edits are turned down.
    written({ cheapOutcome: "rejected" }),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
