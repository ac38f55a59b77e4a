/** Tests of the catalogue's numbers of the pace. */

import { ok } from "node:assert/strict";
import { PACE_METRICS } from "../../../core/metrics/pace_metrics.ts";

Deno.test("PACE_METRICS() say what they are measured against, in their formula", () => {
  for (const { id, formula, unit } of PACE_METRICS) {
    ok(formula.includes("÷") || unit === "count", id);
  }
});
