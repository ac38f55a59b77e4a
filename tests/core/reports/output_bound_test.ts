/** Tests of whether output is a lower bound. */

import { equal } from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import type { ModelTotals } from "../../../core/reports/totals.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { filledHome, HAIKU, OPUS } from "../../helpers/filled_home.ts";

Deno.test("isOutputOpen() says so, when a message has no stop reason", async () => {
  await using home = await filledHome();
  const now = home.clock.now(), period = rollingPeriod("all", now);
  const of = (model?: string) => reportMetrics(home.db, { period, now, model }).totals;

  equal(isOutputOpen(of()), true);
  equal(isOutputOpen(of(OPUS)), false);
  equal(isOutputOpen({ tokens_by_model: null }), false);
  // Of responses that tell no token it is not known.
  const [[name, model]] = Object.entries(of(HAIKU).tokens_by_model!) as [[string, ModelTotals]];
  const zero = { input: 0, output: 0, cache_read: 0, cache_creation: 0 };
  equal(isOutputOpen({ tokens_by_model: { [name]: model } }), true);
  equal(isOutputOpen({ tokens_by_model: { [name]: { ...model, ...zero } } }), false);
});
