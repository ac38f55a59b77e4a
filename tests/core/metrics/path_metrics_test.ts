/** Tests of the catalogue's numbers of the critical path. */

import { equal, match } from "node:assert/strict";
import { PATH_METRICS } from "../../../core/metrics/path_metrics.ts";

Deno.test("PATH_METRICS() stand in a session's report alone, and say what makes them null", () => {
  for (const { id, foundIn, nullWhen } of PATH_METRICS) {
    match(id, /^critical_path_[a-z_]+$/);
    match(foundIn.analyze ?? "", /^critical_path\./);
    equal(foundIn.metrics ?? foundIn.sessions, null);
    equal(typeof nullWhen, "string", id);
  }
});
