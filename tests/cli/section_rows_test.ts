/** Tests of what matters most of the sections of the report of metrics. */

import { deepEqual } from "node:assert/strict";
import { sectionRows, valueText } from "../../cli/section_rows.ts";
import { metricOf } from "../../core/metrics.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { ask, usageHome } from "../core/reports/usage_story.ts";

Deno.test("sectionRows() shows what matters most, and leaves out what is not known", async () => {
  await using home = await usageHome();
  const { report } = ask(home);
  const none = reportMetrics(home.db, { period: { from: 0, to: 1 }, now: 2 });

  // 30 × 6 ÷ 7 + 25 + 20 + 10 × 8 ÷ 9 + 15 × (1 − e^(−1 ÷ 3)).
  deepEqual(sectionRows(report), [
    ["productivity (experimental)", "83.9", "–"],
    ["saved by the cache", "$0.61", "–"],
    ["fullest context", "60.0 %", "–"],
    ["sub-agents: share of cost", "4.6 %", "–"],
  ]);
  deepEqual(sectionRows(none), []);
});

Deno.test("valueText() tells of how many a share is, and nothing that is not known", async () => {
  await using home = await usageHome();
  const { report } = ask(home);
  const texts = ["context_requests_over_half", "tool_uses_by_name"].map((id) =>
    valueText(report, metricOf(id))
  );

  deepEqual(texts, ["33.3 % of 3", "–"]);
});
