/** Tests of `core/reports/active_days.ts`, in whatever zone they run. */

import assert from "node:assert/strict";
import { activeDaysOf } from "../../../core/reports/active_days.ts";

/** A moment of March 2026 as a clock on the wall shows it; the 2nd is a Monday. */
function on(day: number, hour = 12): number {
  return new Date(2026, 2, day, hour).getTime();
}

Deno.test("activeDaysOf() finds the days, streaks and peaks", () => {
  const lists = [
    new Map([[on(2, 9), [5, 0, 0]], [on(3, 23), [1, 0, 0]]]),
    new Map([[on(4, 0), [1, 0, 0]], [on(6, 9), [1, 0, 0]], [on(7, 9), [0, 0, 0]]]),
  ];
  const days = activeDaysOf(lists, on(7));

  assert.deepEqual(days, {
    active_days: 4,
    longest_streak_days: 3,
    current_streak_days: 1,
    peak_hour: 9,
    peak_weekday: 1,
    error_trend: null,
  });
  assert.equal(activeDaysOf([new Map([[on(2), [1, 0, 0]]])], on(4)).current_streak_days, 0);
});

Deno.test("activeDaysOf() knows nothing where nothing was done", () => {
  assert.deepEqual(activeDaysOf([], on(1)), {
    active_days: 0,
    longest_streak_days: 0,
    current_streak_days: 0,
    peak_hour: null,
    peak_weekday: null,
    error_trend: null,
  });
});

Deno.test("activeDaysOf() draws a line through days with enough calls, by weight", () => {
  const failing = (day: number, calls: number, failed: number) =>
    new Map([[on(day), [calls, calls - failed, failed]]]);
  const rising = activeDaysOf([failing(2, 10, 1), failing(3, 10, 2), failing(4, 10, 3)], on(4));
  const light = activeDaysOf([failing(2, 4, 4), failing(3, 10, 2), failing(4, 10, 3)], on(4));
  const heavy = activeDaysOf([failing(2, 90, 0), failing(3, 90, 0), failing(4, 10, 5)], on(4));

  assert.deepEqual(rising.error_trend, { slope_per_day: 0.1, days: 3, n: 30 });
  assert.equal(light.error_trend, null);
  // Middle of the days 110 ÷ 190, of the share 5 ÷ 190: 7.10526 ÷ 66.31579.
  assert.deepEqual(heavy.error_trend, { slope_per_day: 0.107143, days: 3, n: 190 });
});
