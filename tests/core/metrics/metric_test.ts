/** Tests of how the parts of the catalogue are written down. */

import { deepEqual } from "node:assert/strict";
import { metricsOf, type Theme } from "../../../core/metrics/metric.ts";

const THEME: Theme = {
  unit: "count",
  facts: ["edits"],
  nullWhen: null,
  inMetrics: "totals.",
  inSessions: "sessions[].",
};

Deno.test("metricsOf() names metrics by their path, and says where they stand", () => {
  const [one, two] = metricsOf(THEME, {
    "tokens.input": ["t", "m", "f"],
    "uses.<tool>": ["t", "m", "f", { inMetrics: null, unit: "lines" }],
  });

  deepEqual(one, {
    id: "tokens_input",
    unit: "count",
    title: "t",
    meaning: "m",
    formula: "f",
    facts: ["edits"],
    nullWhen: null,
    foundIn: {
      metrics: "totals.tokens.input",
      sessions: "sessions[].tokens.input",
      analyze: null,
    },
    parts: [],
  });
  deepEqual([two!.id, two!.unit], ["uses", "lines"]);
  deepEqual(two!.foundIn, { metrics: null, sessions: "sessions[].uses.<tool>", analyze: null });
});

Deno.test("metricsOf() takes another way to name them", () => {
  const [one] = metricsOf({ ...THEME, id: (path) => `${path}_rate` }, { kept: ["t", "m", "f"] });

  deepEqual(one!.id, "kept_rate");
});
