/** Tests of the catalogue's score. */

import { deepEqual, ok } from "node:assert/strict";
import { SCORE_METRICS } from "../../../core/metrics/score_metrics.ts";
import { PRODUCTIVITY_WEIGHTS } from "../../../core/reports/productivity.ts";

Deno.test("SCORE_METRICS() call the score an experiment, and tell the weight of each part", () => {
  const [score, component] = SCORE_METRICS;

  ok(score!.title.includes("experimental"));
  for (const [name, weight] of Object.entries(PRODUCTIVITY_WEIGHTS)) {
    ok(score!.formula.includes(`${weight} ${name}`), name);
    ok(component!.formula.includes(name), name);
  }
  deepEqual(component!.parts, ["value", "weight", "n"]);
});
