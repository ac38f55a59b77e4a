/**
 * The experimental score of productivity, and all that it is made of.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

/** The metrics of this theme. */
export const SCORE_METRICS: readonly Metric[] = metricsOf({
  unit: "count",
  facts: ["prompts", "tool_calls", "edits", "interruptions"],
  nullWhen: "fewer than five calls finished, or there is no prompt; a model is asked for",
  inMetrics: "productivity.",
  inSessions: "sessions[].productivity.",
  id: (path) => `productivity_${path.replace("components.<component>", "component")}`,
}, {
  score: [
    "productivity (experimental)",
    "From 0 to 100, an experiment: see its components before you believe it",
    "100 × weighted mean of 30 tool_success, 25 edits_kept, 20 undisturbed, 10 few_failures, " +
    "15 outcome; what is not known is left out, and the weights of the others grow",
    { unit: "ratio" },
  ],
  "components.<component>": [
    "component of productivity",
    "One part of the score from 0 to 1, its weight in it, and on how many it rests",
    "tool_success ok ÷ (ok + failed); edits_kept as kept_rate; undisturbed 1 − (interruptions + " +
    "refused calls) ÷ prompts; few_failures 1 − failed calls ÷ (3 × prompts) where one " +
    "finished; outcome " +
    "1 − e^−(changed lines + 100 × commits) ÷ (50 × prompts)",
    {
      unit: "share",
      parts: ["value", "weight", "n"],
      nullWhen: "it rests on nothing; a model is asked for",
    },
  ],
});
