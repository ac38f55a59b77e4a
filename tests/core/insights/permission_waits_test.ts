/** Tests of `core/insights/permission_waits.ts`, over the real facts. */

import assert from "node:assert/strict";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "productivity.permission_waits";
const MINUTE_MS = 60_000;

/** Calls that took a time, of which the client says how long they ran themselves. */
function asked(times: number, tookMs: number, durationMs: number | undefined, outcome = "ok") {
  const duration = durationMs === undefined ? {} : { durationMs };
  return new Story().times(
    times,
    (s) => s.askedCall("Bash", { tookMs, outcome, ...duration }).wait(tookMs),
  );
}

Deno.test("permissionWaits() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, asked(10, 5 * MINUTE_MS, MINUTE_MS));

  assert.deepEqual(more, []);
  assert.equal(found!.title, "A session waited 40 min for your permission, asked 10 times");
  assert.deepEqual([found!.numbers, found!.n, found!.about], [
    { waited_ms: 40 * MINUTE_MS },
    10,
    null,
  ]);
  assert.equal(found!.expected_gain!.duration_ms, 40 * MINUTE_MS);
  assert.equal(found!.severity, "medium");
});

Deno.test("permissionWaits() counts refusals whole, and at most an hour of each", async () => {
  const [found] = await findInsights(KIND, asked(5, 90 * MINUTE_MS, undefined, "rejected"));

  assert.deepEqual(found!.numbers, { waited_ms: 300 * MINUTE_MS });
});

Deno.test("permissionWaits() finds nothing, when it is less or explained", async () => {
  const stories = [
    asked(4, 9 * MINUTE_MS, 0),
    asked(9, MINUTE_MS, 0),
    // The calls themselves took that long.
    asked(10, 9 * MINUTE_MS, 9 * MINUTE_MS),
    // How long they ran is not known.
    asked(10, 9 * MINUTE_MS, undefined),
    // Nobody was asked.
    new Story().times(9, (s) => s.call("Bash", { tookMs: 500_000, durationMs: 0 }).wait(500_000)),
    // A question has to be thought about.
    new Story().times(
      9,
      (s) => s.askedCall("AskUserQuestion", { tookMs: 500_000, durationMs: 0 }).wait(500_000),
    ),
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story), [], `story ${i}`);
  }
});
