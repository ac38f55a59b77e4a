/** Tests of the catalogue's numbers of the usage. */

import { deepEqual, ok } from "node:assert/strict";
import { USAGE_METRICS } from "../../../core/metrics/usage_metrics.ts";
import { wilsonRate } from "../../../core/reports/rates.ts";

Deno.test("USAGE_METRICS() are of periods, under names of their own, and of no model", () => {
  for (const { id, foundIn, nullWhen } of USAGE_METRICS) {
    ok(id.startsWith("usage_"), id);
    ok(foundIn.metrics?.startsWith("usage."), id);
    ok(nullWhen?.includes("a model is asked for"), id);
  }
});

Deno.test("USAGE_METRICS() have the parts of a rate where they are one", () => {
  const rates = USAGE_METRICS.filter(({ parts }) => parts.length > 0);

  deepEqual(rates.map(({ id }) => id), [
    "usage_files_iteration",
    "usage_files_read_first",
    "usage_files_churned",
    "usage_tools_retry",
    "usage_tools_recovery",
    "usage_workflows_finished",
  ]);
  for (const { parts } of rates) deepEqual([...parts], Object.keys(wilsonRate(1, 2)!));
});
