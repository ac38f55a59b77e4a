/** Tests of `core/insights/cost_outliers.ts`, over the real facts. */

import assert from "node:assert/strict";
import { TWO } from "../../helpers/filled_home.ts";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "cost.outliers";

/** Sessions of four to six cents. */
function sessions(count: number): Story[] {
  return Array.from({ length: count }, (_, i) => spent(`s${i}`, i, 1600 + 400 * (i % 3)));
}

function spent(id: string, minute: number, output: number, project?: string): Story {
  const at = NOON + minute * 60_000;
  return new Story(id, { at, ...(project ? { project } : {}) }).prompt().response({ output });
}

Deno.test("costOutliers() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, [
    ...sessions(25),
    spent("dear", 40, 600_000),
  ]);

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A session cost $15.00, where $0.05 is usual");
  assert.deepEqual([found!.numbers, found!.n], [{ cost_usd: 15, median_usd: 0.05 }, 26]);
  assert.deepEqual([found!.session_id, found!.severity], ["dear", "medium"]);
  assert.equal(found!.expected_gain!.cost_usd, 14.95);
});

Deno.test("costOutliers() finds nothing, when it is less or explained", async () => {
  const stories = [
    // Too few to tell.
    [...sessions(18), spent("dear", 40, 600_000)],
    // Less than two dollars.
    [...sessions(25), spent("dear", 40, 60_000)],
    // They all differ as much.
    Array.from({ length: 25 }, (_, i) => spent(`s${i}`, i, 1000 * 2 ** (i % 10))),
    // In another project.
    [...sessions(25), spent("dear", 40, 600_000, TWO)],
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
