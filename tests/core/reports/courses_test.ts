/** Tests of `core/reports/courses.ts`: its lines say what the report of each step says. */

import assert from "node:assert/strict";
import { readCourses } from "../../../core/reports/courses.ts";
import type { MetricsQuery } from "../../../core/reports/metrics_report.ts";
import { flatten } from "../../../core/reports/live_numbers.ts";
import { readOverTime, type TimeStep } from "../../../core/reports/over_time.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { type FilledHome, filledHome, ONE, OPUS } from "../../helpers/filled_home.ts";

const COUNTS = ["tool_uses", "user_prompts", "tokens_output"];
const RATES = ["acceptance_rate", "kept_rate", "error_rate", "cache_hit_rate"];

for (
  const [period, step] of [["24h", "hour"], ["7d", "day"], ["all", "month"]] as [
    string,
    TimeStep,
  ][]
) {
  Deno.test(`readCourses() says of each ${step} what its report says`, async () => {
    await using home = await filledHome();
    const query = queryOf(home, period);
    const courses = readCourses(home.db, query, step);

    for (const { key, group } of readOverTime(home.db, query, step)) {
      const flat: Record<string, number | null> = group ? flatten(group.totals, group.rates) : {};
      const point = courses.get(key) ?? {};
      for (const name of COUNTS) {
        assert.equal(point[name] ?? 0, flat[name] ?? 0, `${key} ${name}`);
      }
      for (const name of RATES) {
        assert.equal(point[name] ?? null, flat[name] ?? null, `${key} ${name}`);
      }
      assert.equal((point.cost_usd ?? 0).toFixed(6), (flat.cost_usd ?? 0).toFixed(6));
    }
  });
}

Deno.test("readCourses() counts a session in every step in which it was active", async () => {
  await using home = await filledHome();

  const points = [...readCourses(home.db, queryOf(home, "24h"), "hour").values()];

  assert.deepEqual(
    points.map(({ sessions }) => sessions ?? 0).reduce((a, b) => a! + b!, 0),
    3,
  );
  assert.ok(points.some(({ active_ms }) => active_ms! > 0));
});

Deno.test("readCourses() tells of a model what is known by model", async () => {
  await using home = await filledHome();

  const points = readCourses(home.db, { ...queryOf(home, "all"), model: OPUS }, "month");

  assert.ok([...points.values()].some(({ tool_uses }) => tool_uses! > 0));
  assert.ok([...points.values()].every(({ user_prompts }) => user_prompts === undefined));
});

Deno.test("readCourses() passes what the filter lets through alone", async () => {
  await using home = await filledHome();
  const uses = (more: Partial<MetricsQuery>) =>
    [...readCourses(home.db, { ...queryOf(home, "all"), ...more }, "month").values()]
      .reduce((sum, { tool_uses }) => sum + (tool_uses ?? 0), 0);

  assert.deepEqual([uses({}), uses({ project: ONE }), uses({ platform: "cursor" })], [9, 6, 1]);
});

function queryOf(home: FilledHome, period: string): MetricsQuery {
  const now = home.clock.now();
  return { period: rollingPeriod(period, now), now };
}
