/** Tests of the catalogue's counts of an assistant's own. */

import { deepEqual, equal } from "node:assert/strict";
import { OWN_METRICS } from "../../../core/metrics/own_metrics.ts";
import { COMMIT_COUNTS, DAILY_COUNTS, HUNK_COUNTS } from "../../../core/session_counts.ts";

Deno.test("OWN_METRICS() tells of every count of hunks, days and commits, in its unit", () => {
  const units = new Map(OWN_METRICS.map(({ foundIn, unit }) => [foundIn.metrics, unit]));

  deepEqual(HUNK_COUNTS.filter((name) => !units.has(`totals.reviewed_hunks.${name}`)), []);
  deepEqual(DAILY_COUNTS.filter((name) => !units.has(`daily_lines[].${name}`)), []);
  deepEqual(COMMIT_COUNTS.filter((name) => !units.has(`tracked_code.commit_lines.${name}`)), []);
  equal(units.get("totals.reviewed_hunks.hunks_accepted"), "count");
  equal(units.get("totals.reviewed_hunks.accepted_lines_added"), "lines");
});
