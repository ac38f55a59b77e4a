/** Tests of `core/reports/over_time.ts`: steps of a period, and what is known of them. */

import { deepEqual, equal } from "node:assert/strict";
import {
  fittingStep,
  readOverTime,
  type TimePoint,
  type TimeStep,
} from "../../../core/reports/over_time.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const NOW = NOON + HOUR_MS;

function prompts(points: readonly TimePoint[]): (number | null)[] {
  return points.map(({ group }) => group && group.totals.user_prompts);
}

Deno.test("readOverTime() has every step, 0 where nothing was, null before all", async () => {
  const { events } = new Story("a", { at: NOON - 5 * DAY_MS }).prompt().wait(3 * DAY_MS)
    .prompt().prompt();
  await using home = await filledHome(events);
  const query = { period: rollingPeriod("7d", NOW), now: NOW };
  const points = readOverTime(home.db, query, "day");
  deepEqual(prompts(points), [null, null, 1, 0, 0, 2, 0, 0]);
  equal(new Set(points.map(({ key }) => key)).size, 8);
});

Deno.test("readOverTime() begins with what was first, where the period has no begin", async () => {
  const { events } = new Story("a", { at: NOON - 40 * DAY_MS }).prompt();
  await using home = await filledHome(events);
  const query = { period: rollingPeriod("all", NOW), now: NOW };
  for (
    const [step, steps] of [["day", 41], ["week", 7], ["month", 2]] as [TimeStep, number][]
  ) {
    const counts = prompts(readOverTime(home.db, query, step));
    equal(counts[0], 1, step);
    equal(Math.abs(counts.length - steps) <= 1, true, `${step} ${counts.length}`);
    equal(counts.slice(1).every((count) => count === 0), true, step);
  }
});

Deno.test("readOverTime() knows nothing, where nothing is recorded", async () => {
  await using home = await filledHome([]);
  for (const name of ["1h", "24h", "all"]) {
    const query = { period: rollingPeriod(name, NOW), now: NOW };
    const points = readOverTime(home.db, query, "hour");
    equal(points.every(({ group }) => group === null), true);
  }
});

Deno.test("readOverTime() begins before what was first, but no thousands of years", async () => {
  const { events } = new Story("a", { at: NOON - 40 * DAY_MS }).prompt();
  await using home = await filledHome(events);
  const query = { period: { from: Date.UTC(-1000, 0), to: NOW }, now: NOW };

  for (const [step, steps] of [["day", 441], ["month", 371]] as [TimeStep, number][]) {
    const counts = prompts(readOverTime(home.db, query, step));
    equal(Math.abs(counts.length - steps) < 5, true, `${step} ${counts.length}`);
    equal(counts[0], null);
    equal(counts.find((count) => count !== null), 1);
  }
});

Deno.test("fittingStep() is the shortest that fits and is kept", async () => {
  const { events } = new Story("a", { at: NOON - 400 * DAY_MS }).prompt();
  await using home = await filledHome(events);
  const step = (name: string, stepsMax: number) =>
    fittingStep(home.db, { period: rollingPeriod(name, NOW), now: NOW }, stepsMax);
  equal(step("1h", 50), "five_minutes");
  equal(step("24h", 50), "hour");
  equal(step("7d", 50), "day");
  equal(step("30d", 50), "day");
  equal(step("all", 70), "week");
  equal(step("all", 20), "month");
  const old = { from: NOON - 30 * DAY_MS, to: NOON - 30 * DAY_MS + HOUR_MS };
  equal(fittingStep(home.db, { period: old, now: NOW }, 50), "hour");
});
