/**
 * What the cost went to: cost joined with what became of the work.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const NOT_PRICED = "cost_usd is null";
const NOT_LINKED = `${NOT_PRICED}; no call of it names its response`;

/** The metrics of this theme. */
export const OUTCOME_METRICS: readonly Metric[] = [
  ...metricsOf({
    unit: "usd",
    facts: ["tokens", "prices", "tool_calls", "edits"],
    nullWhen: NOT_LINKED,
    inMetrics: "totals.",
    inSessions: "sessions[].",
  }, {
    "cost_by_outcome_usd.<outcome>": [
      "cost by outcome",
      "What the cost went to, by what became of the work; a part without any is left out",
      "each response's cost in equal parts to its calls; `talk` made none; all sum to cost_usd",
      { nullWhen: NOT_PRICED },
    ],
    cost_rejected_usd: [
      "cost of refused work",
      "What edits and other calls cost that a person refused",
      "cost of edits_rejected + refused_by_person; what a rule or hook refused stands apart",
    ],
    cost_failed_usd: [
      "cost of failed calls",
      "What calls cost that failed, edits among them",
      "cost of calls_failed",
    ],
    cost_undone_usd: [
      "cost of undone edits",
      "What edits cost that a person took back afterwards",
      "cost of edits_undone",
    ],
    wasted_cost_share: [
      "wasted share of the cost",
      "The share of the cost that went to work that was refused, failed or taken back",
      "(rejected + failed + undone) ÷ all cost whose outcome is known",
      { unit: "share", nullWhen: `${NOT_LINKED}; nothing cost anything` },
    ],
    cost_per_accepted_line_usd: [
      "cost of an accepted line",
      "All cost for each line that an accepted edit added",
      "cost whose outcome is known ÷ priced_lines_accepted",
      { nullWhen: "there is no such line, or no such cost" },
    ],
    cost_per_kept_line_usd: [
      "cost of a kept line",
      "All cost for each line that an accepted or automatic edit added",
      "cost whose outcome is known ÷ priced_lines_kept",
      { nullWhen: "there is no such line, or no such cost" },
    ],
    priced_lines_accepted: [
      "accepted lines with a cost",
      "Lines that accepted edits added whose cost is known, those of new files among them",
      "sum of lines_added + created_file_lines of edits_accepted",
      { unit: "lines" },
    ],
    priced_lines_kept: [
      "kept lines with a cost",
      "Lines that accepted and automatic edits added whose cost is known",
      "the same of edits_accepted + edits_auto",
      { unit: "lines" },
    ],
  }),
  ...metricsOf({
    unit: "tokens",
    facts: ["tokens", "tool_calls", "edits"],
    nullWhen: "no tokens of it are kept; no call of it names its response",
    inMetrics: "totals.",
    inSessions: "sessions[].",
  }, {
    rejected_tokens: [
      "tokens of refused work",
      "Input and output tokens of work that a person refused, without the cache",
      "shares as of the cost, of cost_rejected_usd's calls",
    ],
    failed_tokens: [
      "tokens of failed calls",
      "Input and output tokens of calls that failed, without the cache",
      "shares as of the cost, of cost_failed_usd's calls",
    ],
  }),
];
