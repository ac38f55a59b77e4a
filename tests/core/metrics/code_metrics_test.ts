/** Tests of the catalogue's lines and edits. */

import { deepEqual } from "node:assert/strict";
import { CODE_METRICS } from "../../../core/metrics/code_metrics.ts";
import { VERDICTS } from "../../../core/session_counts.ts";

Deno.test("CODE_METRICS() tells of every verdict on an edit", () => {
  const found = CODE_METRICS.map(({ foundIn }) => foundIn.metrics);

  const missing = VERDICTS.filter((verdict) => !found.includes(`totals.acceptance.${verdict}`));
  deepEqual(missing, []);
});
