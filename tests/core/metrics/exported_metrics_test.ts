/** Tests of `core/metrics/exported_metrics.ts`. */

import assert from "node:assert/strict";
import { EXPORTED_METRICS } from "../../../core/metrics/exported_metrics.ts";

Deno.test("EXPORTED_METRICS() are of exports alone, and null without any", () => {
  for (const { id, facts, nullWhen, foundIn } of EXPORTED_METRICS) {
    assert.deepEqual([facts, foundIn.sessions], [["exports"], null], id);
    assert.match(nullWhen ?? "", /exported nothing/, id);
  }
});
