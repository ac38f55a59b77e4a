/**
 * Rates with their interval, and times as percentiles.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const EDITS_SEEN = "no edit was accepted, rejected, modified or undone";

/** The metrics of this theme. */
export const RATE_METRICS: readonly Metric[] = [
  ...metricsOf({
    unit: "share",
    facts: ["edits", "permissions", "reviews"],
    nullWhen: null,
    inMetrics: "rates.",
    inSessions: null,
    parts: ["value", "n", "low", "high"],
    id: (path) => `${path}_rate`,
  }, {
    acceptance: [
      "edits accepted",
      "The share of edits that a person let stand, of those that a person judged",
      "edits_accepted ÷ (accepted + rejected + modified + undone)",
      { nullWhen: EDITS_SEEN },
    ],
    kept: [
      "edits kept",
      "The share of edits that stand, of all whose fate is known",
      "(edits_accepted + edits_auto) ÷ (all edits − edits_unknown)",
      { nullWhen: "the fate of no edit is known" },
    ],
    rejection: [
      "refused tool calls",
      "The share of tool calls that a person refused",
      "tool_results_rejected ÷ (ok + failed + rejected)",
      { facts: ["tool_calls"], nullWhen: "no tool call finished or was refused" },
    ],
    error: [
      "failed tool calls",
      "The share of tool calls that failed; refusals and interruptions are no errors",
      "tool_results_failed ÷ (ok + failed)",
      { facts: ["tool_calls"], nullWhen: "no tool call finished" },
    ],
    interruption: [
      "interruptions a prompt",
      "How often a person broke off the assistant, of their prompts",
      "interruptions ÷ (user_prompts + queued_prompts), at most 1",
      { facts: ["interruptions", "prompts"], nullWhen: "there is no prompt" },
    ],
    cache_hit: [
      "cache hits",
      "The share of the input that was read from the cache",
      "tokens_cache_read ÷ (tokens_input + cache_read + cache_creation)",
      { facts: ["tokens"], nullWhen: "there are no input tokens, or none are kept" },
    ],
  }),
  ...metricsOf({
    unit: "share",
    facts: ["edits", "permissions", "reviews"],
    nullWhen: EDITS_SEEN,
    inMetrics: null,
    inSessions: "sessions[].",
  }, {
    "acceptance.rate": [
      "edits accepted",
      "As acceptance_rate, without its interval",
      "as acceptance_rate",
      { inMetrics: "totals.", id: () => "acceptance_value" },
    ],
    kept_rate: [
      "edits kept",
      "As kept_rate of a period, without its interval",
      "as kept_rate",
      { nullWhen: "the fate of no edit is known", id: () => "kept_value" },
    ],
  }),
  ...metricsOf({
    unit: "ms",
    facts: ["tool_calls"],
    nullWhen: null,
    inMetrics: "latency.",
    inSessions: null,
    parts: ["p50", "p95", "p99", "min", "mean", "max", "n"],
  }, {
    tool_ms: [
      "time of a tool call",
      "How long calls of tools took, as a client or hook measured them",
      "percentiles (nearest rank, within 1 %) of calls that began in the period",
      { nullWhen: "no duration is told; a model is asked for" },
    ],
    turn_ms: [
      "time of a turn",
      "How long it took from what a person typed to the last answer",
      "percentiles (nearest rank, within 1 %) of turns that began in the period",
      {
        facts: ["prompts", "responses", "tool_calls"],
        nullWhen: "no turn was answered; a model is asked for",
      },
    ],
    first_call_ms: [
      "time to the first call",
      "How long it took from what a person typed to the first call, if within an hour",
      "percentiles (nearest rank, within 1 %) of turns that began in the period",
      {
        facts: ["prompts", "tool_calls"],
        nullWhen: "no turn made a call; a model is asked for",
      },
    ],
    response_ms: [
      "time to the first response",
      "How long it took from a prompt to the first response, if within an hour and next to it",
      "percentiles (nearest rank, within 1 %) of first responses in the period",
      {
        facts: ["prompts", "responses"],
        nullWhen: "no prompt was answered; a model is asked for",
      },
    ],
    think_ms: [
      "time to the next prompt",
      "How long a person thought: from what came last to the next prompt, if within 5 minutes",
      "percentiles (nearest rank, within 1 %) of prompts in the period behind an answer, a " +
      "command, a refusal or an end (an interruption, error or compaction)",
      {
        facts: ["prompts", "responses", "tool_calls"],
        nullWhen: "nothing was asked within 5 minutes of an answer; a model is asked for",
      },
    ],
  }),
];
