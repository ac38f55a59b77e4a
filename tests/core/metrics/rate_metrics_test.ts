/** Tests of the catalogue's rates and times. */

import { deepEqual } from "node:assert/strict";
import { RATE_METRICS } from "../../../core/metrics/rate_metrics.ts";
import { wilsonRate } from "../../../core/reports/rates.ts";

Deno.test("RATE_METRICS() has the parts of a rate, and calls each one so", () => {
  const rates = RATE_METRICS.filter(({ foundIn }) => foundIn.metrics?.startsWith("rates."));

  deepEqual(rates.length, 6);
  for (const { id, parts, foundIn } of rates) {
    deepEqual([...parts], Object.keys(wilsonRate(1, 2)!));
    deepEqual(`rates.${id}`, `${foundIn.metrics}_rate`);
  }
});
