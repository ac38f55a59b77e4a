/** Tests of the single numbers of a report. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { flatten, flattenTime, liveNumbers } from "../../../core/reports/live_numbers.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { countsOf } from "../../../core/reports/sums.ts";
import { timeOf } from "../../../core/reports/time_report.ts";
import { TIME_COUNTS } from "../../../core/session_counts.ts";
import { filledHome, OPUS } from "../../helpers/filled_home.ts";

Deno.test("liveNumbers() says what is a lower bound, and what is not known", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const of = (model: string | undefined) =>
    liveNumbers(reportMetrics(home.db, { period: rollingPeriod("24h", now), now, model }));

  deepEqual([of(undefined).output_is_lower_bound, of(OPUS).output_is_lower_bound], [1, 0]);
  deepEqual([of(undefined).cost_is_lower_bound, of(OPUS).cost_is_lower_bound], [1, 0]);
  deepEqual([of(OPUS).user_prompts, of(OPUS).tool_ms_n], [null, null]);
  deepEqual([of(OPUS).tool_uses, of(OPUS).error_n], [5, 4]);
});

Deno.test("liveNumbers() are the same of a report that went through JSON", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const report = reportMetrics(home.db, { period: rollingPeriod("24h", now), now });

  deepEqual(liveNumbers(JSON.parse(JSON.stringify(report))), liveNumbers(report));
});

Deno.test("flatten() names tokens, rates and single numbers, and nothing else", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const { totals, rates } = reportMetrics(home.db, { period: rollingPeriod("all", now), now });

  const flat = flatten(totals, rates);

  equal(flat.tokens_output, 1640);
  equal(flat.error_rate, rates.error!.value);
  equal(flat.acceptance_rate, rates.acceptance!.value);
  equal(flat.cost_usd, 0.017143);
  ok(Object.values(flat).every((value) => value === null || typeof value === "number"));
});

Deno.test("flattenTime() names each state, and nothing where no time is known", () => {
  deepEqual(flattenTime(null), {});
  equal(flattenTime(timeOf(countsOf(TIME_COUNTS, [0, 7]), 9, 3)).time_idle_ms, 2);
});
