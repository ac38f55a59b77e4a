/** Tests of the catalogue's numbers of phases and workflows. */

import { ok } from "node:assert/strict";
import { WORKFLOW_METRICS } from "../../../core/metrics/workflow_metrics.ts";
import { PHASES } from "../../../core/phases.ts";

Deno.test("WORKFLOW_METRICS() say by which rule a call is of which phase", () => {
  const rules = WORKFLOW_METRICS.map(({ meaning, formula }) => `${meaning} ${formula}`).join(" ");

  for (const phase of PHASES) ok(rules.includes(phase), phase);
  ok(WORKFLOW_METRICS.every(({ foundIn }) => foundIn.metrics?.startsWith("usage.")));
});
