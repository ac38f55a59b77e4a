/** Tests of `core/reports/exported_compactions.ts`, in the report that it is part of. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { makeExported } from "../../helpers/exports.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readExportedCompactions() counts them, and times those that ended", async () => {
  const compaction = (id: string, told: Readonly<Record<string, number | boolean>>) =>
    makeExported("exported_compaction", { id }, { trigger: "auto", ...told });
  await using home = await filledHome([
    makePrompt({ id: "p1" }),
    compaction("x1", { success: true, duration_ms: 1000 }),
    compaction("x2", { success: true }),
    compaction("x3", { success: false, duration_ms: 60_000 }),
  ]);
  const now = NOON + 60_000;
  const { exported } = reportMetrics(home.db, { period: { from: undefined, to: now }, now });

  assert.deepEqual(exported?.compactions, {
    count: 3,
    failed: 1,
    // Percentiles are within 1 % of 1,000.
    ms: { p50: 997, p95: 997, p99: 997, min: 997, mean: 997, max: 997, n: 1 },
  });
});
