/** Tests of `core/reports/usage/session_usage.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { openReader } from "../../../../core/database.ts";
import {
  middleOf,
  readGoingOn,
  readSessionsUsage,
} from "../../../../core/reports/usage/session_usage.ts";
import { NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { fcRuns } from "../../fc_runs.ts";

const DAY_MS = 86_400_000;

Deno.test("middleOf() is the lower one of two in the middle of a sorted list", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 12 }), (numbers) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      const expected = sorted[(sorted.length - 1) >> 1] ?? null;
      assert.equal(middleOf(Float64Array.from(numbers)), expected);
    }),
    fcRuns(300),
  );
});

Deno.test("readGoingOn() knows when there are no others", async () => {
  await using home = await filledHome();
  using once = openReader(home.path, "once")!;
  for (const db of [home.db, once]) {
    const ask = (from: number | undefined, to: number, filter = {}) => {
      const goingOn = readGoingOn(db, { period: { from, to }, filter, now: NOON });
      return [goingOn.sessions.length, goingOn.isAll];
    };

    assert.deepEqual(ask(undefined, NOON + DAY_MS), [5, true]);
    assert.deepEqual(ask(undefined, NOON - DAY_MS), [2, false]);
    assert.deepEqual(ask(NOON - 2 * DAY_MS, NOON + 1), [4, false]);
    assert.deepEqual(ask(undefined, NOON + DAY_MS, { platform: "cursor" }), [1, false]);
  }
});

Deno.test("readSessionsUsage() tells of each session what was done in it", async () => {
  await using home = await filledHome();
  const period = { from: undefined, to: NOON - DAY_MS };
  const goingOn = readGoingOn(home.db, { period, filter: {}, now: NOON });

  const usage = readSessionsUsage(home.db, goingOn);

  assert.deepEqual(usage.map(({ operations, files_edited }) => [operations, files_edited]), [
    [3, 0],
    [3, 0],
  ]);
});
