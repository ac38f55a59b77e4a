/** Tests of `web/api/report_schemas.ts`; `openapi_test.ts` holds them against real answers. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { METRICS_DOCUMENT, SESSIONS_DOCUMENT } from "../../../web/api/report_schemas.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("METRICS_DOCUMENT() takes a report, and misses what is left out of it", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const report = reportMetrics(home.db, { period: rollingPeriod("all", now), now });

  assert.ok(METRICS_DOCUMENT.safeParse(report).success);
  const { latency: _, ...rest } = report;
  assert.ok(!METRICS_DOCUMENT.safeParse(rest).success);
  const { rates } = report, wrong = { ...report, rates: { ...rates, error: 0.5 } };
  assert.ok(!METRICS_DOCUMENT.safeParse(wrong).success);
});

Deno.test("SESSIONS_DOCUMENT() takes every session, forks and untold ones too", async () => {
  await using home = await filledHome();
  const report = reportSessions(home.db, { limit: 0 });

  assert.ok(SESSIONS_DOCUMENT.safeParse(report).success);
  const [first, ...others] = report.sessions;
  const wrong = { ...report, sessions: [{ ...first, started_at: "noon" }, ...others] };
  assert.ok(!SESSIONS_DOCUMENT.safeParse(wrong).success);
});
