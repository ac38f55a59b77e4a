/** Tests of the catalogue's times of sessions. */

import { deepEqual, ok } from "node:assert/strict";
import { TIME_METRICS } from "../../../core/metrics/time_metrics.ts";
import { concurrencyOf, NO_OVERLAP } from "../../../core/reports/concurrency.ts";
import { timeOf } from "../../../core/reports/time_report.ts";
import { flattenTime } from "../../../core/reports/live_numbers.ts";
import { countsOf } from "../../../core/reports/sums.ts";
import { TIME_COUNTS } from "../../../core/session_counts.ts";

Deno.test("TIME_METRICS() has each state once, and calls it so", () => {
  const time = timeOf(countsOf(TIME_COUNTS, []), 0, 0);

  deepEqual(
    TIME_METRICS.map(({ id }) => id),
    [
      ...Object.keys(flattenTime(time)),
      ...Object.keys(concurrencyOf(NO_OVERLAP)).map((name) => `concurrency_${name}`),
    ],
  );
});

Deno.test("TIME_METRICS() says of what is not always seen where its time is then", () => {
  for (const id of ["time_tool_ms", "time_permission_ms"]) {
    const metric = TIME_METRICS.find((one) => one.id === id);
    ok(metric?.nullWhen?.includes("lies in time_"), id);
  }
});
