/** Tests of `core/insights/failing_tools.ts`, over the real facts. */

import assert from "node:assert/strict";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "errors.failing_tools";

function failing(sessions: number, calls: number, failures: number): Story[] {
  return Array.from(
    { length: sessions },
    (_, i) =>
      new Story(`s${i}`, { at: NOON + i * 3_600_000 }).prompt()
        .times(
          calls,
          (s, k) => s.call("Bash", k % 3 === 0 && k / 3 < failures ? { outcome: "failed" } : {}),
        ),
  );
}

Deno.test("failingTools() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, failing(4, 15, 5));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "Bash fails often here: 33.3 % of 60 calls");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [{ failures: 20 }, 60, "Bash"]);
});

Deno.test("failingTools() finds nothing, when it is less or explained", async () => {
  const stories = [
    failing(4, 9, 3),
    // By chance.
    failing(4, 15, 3),
    // In two sessions.
    failing(2, 40, 20),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
