/** Tests of `core/metrics/outcome_metrics.ts`. */

import assert from "node:assert/strict";
import { OUTCOME_METRICS } from "../../../core/metrics/outcome_metrics.ts";
import { NO_OUTCOME } from "../../../core/reports/outcome_cost.ts";

Deno.test("OUTCOME_METRICS.map() are all numbers of the report, none of them always known", () => {
  const names = OUTCOME_METRICS.map(({ id }) => id);

  assert.deepEqual(names.toSorted(), Object.keys(NO_OUTCOME).sort());
  for (const { id, nullWhen } of OUTCOME_METRICS) assert.notEqual(nullWhen, null, id);
});
