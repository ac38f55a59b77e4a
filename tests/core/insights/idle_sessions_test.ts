/** Tests of `core/insights/idle_sessions.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.idle_sessions";
const HOUR_MS = 3_600_000;

/** Turns with a pause before each but the first. */
function comeBack(times: number, pauseMs: number, clears = false): Story {
  return new Story().prompt().response().times(times, (s) => {
    s.wait(pauseMs - 1000);
    if (clears) s.prompt().input("context_clear");
    return s.prompt().response();
  });
}

Deno.test("idleSessions() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, comeBack(4, 12 * HOUR_MS));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A session stood open for 2 d 0 h in 4 pauses of over an hour");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { idle_ms: 48 * HOUR_MS, pauses: 4 },
    5,
    null,
  ]);
  assert.equal(found!.severity, "medium");
});

Deno.test("idleSessions() finds nothing, when it is less or explained", async () => {
  const stories = [
    comeBack(2, 12 * HOUR_MS),
    comeBack(3, 2 * HOUR_MS),
    comeBack(20, 50 * 60_000),
    // The past was cleared away.
    comeBack(5, 12 * HOUR_MS, true),
    // A call that ran all the time is no pause.
    new Story().prompt().times(
      4,
      (s) => s.call("Bash", { tookMs: 12 * HOUR_MS }).wait(12 * HOUR_MS).prompt().response(),
    ),
    // Nothing was answered.
    new Story().prompt().response().times(5, (s) => s.wait(12 * HOUR_MS).prompt()),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
