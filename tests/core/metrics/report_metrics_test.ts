/** Tests of what the catalogue says of reports themselves. */

import { deepEqual } from "node:assert/strict";
import { REPORT_METRICS } from "../../../core/metrics/report_metrics.ts";
import { readCoverage } from "../../../core/reports/coverage.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("REPORT_METRICS() tells of all that a report covers", async () => {
  await using home = await filledHome([]);
  const found = REPORT_METRICS.map(({ foundIn }) => foundIn.metrics);

  const names = Object.keys(readCoverage(home.db));

  deepEqual(names.filter((name) => !found.includes(`coverage.${name}`)), []);
});
