/**
 * At what pace work goes on, and what comes of what goes in.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const OF_MODEL = "a model is asked for";
const NO_SESSION = { nullWhen: `there is no session; ${OF_MODEL}` };
const NO_TIME = `there is less than a minute of active time; ${OF_MODEL}`;
const NO_TOKENS = `there are no tokens, or none are kept; ${OF_MODEL}`;

/** The metrics of this theme. */
export const PACE_METRICS: readonly Metric[] = metricsOf({
  unit: "ratio",
  facts: ["prompts", "responses", "tool_calls"],
  nullWhen: NO_TIME,
  inMetrics: "usage.pace.",
  inSessions: null,
  id: (path) => `usage_${path}`,
}, {
  prompts_per_session: [
    "prompts a session",
    "Prompts for a session",
    "(user_prompts + queued_prompts) ÷ sessions",
    { facts: ["prompts"], ...NO_SESSION },
  ],
  operations_per_session: [
    "operations a session",
    "Operations for a session",
    "usage_operations ÷ sessions",
    NO_SESSION,
  ],
  files_per_session: [
    "files a session",
    "Changed files for a session",
    "files_touched ÷ sessions",
    { facts: ["edits"], ...NO_SESSION },
  ],
  prompts_per_active_minute: [
    "prompts a minute",
    "Prompts in a minute of active time",
    "(user_prompts + queued_prompts) ÷ active_ms",
  ],
  calls_per_active_minute: [
    "calls a minute",
    "Tool calls in a minute of active time",
    "tool_uses ÷ active_ms",
  ],
  lines_per_active_hour: [
    "lines an hour",
    "Lines added and removed, those of new files too, in an hour of active time",
    "(lines_added + lines_removed + created_file_lines) ÷ active_ms",
    { facts: ["edits"] },
  ],
  operations_a_minute_max: [
    "most operations a minute",
    "The most operations in one minute of one session",
    "greatest count over minutes",
    { unit: "count", nullWhen: OF_MODEL },
  ],
  tokens_per_active_day: [
    "tokens a day",
    "All tokens for an active day",
    "tokens ÷ usage_active_days",
    { facts: ["tokens"], unit: "tokens", nullWhen: NO_TOKENS },
  ],
  tokens_per_active_hour: [
    "tokens an hour",
    "All tokens in an hour of active time",
    "tokens ÷ active_ms",
    { facts: ["tokens"], unit: "tokens", nullWhen: `there are no tokens, or ${NO_TIME}` },
  ],
  new_input_per_output: [
    "new input for output",
    "Input that was not read from the cache, for a token of output; below 10, 25, 50 or over",
    "(tokens_input + tokens_cache_creation) ÷ tokens_output",
    { facts: ["tokens"], nullWhen: NO_TOKENS },
  ],
  output_tokens_per_line: [
    "output a line",
    "Output tokens for a line added or removed",
    "tokens_output ÷ changed lines",
    { facts: ["tokens", "edits"], nullWhen: `no line was changed, or ${NO_TOKENS}` },
  ],
  lines_per_1000_tokens: [
    "lines for 1,000 tokens",
    "Lines added or removed for a thousand tokens of all kinds",
    "1,000 × changed lines ÷ tokens",
    { facts: ["tokens", "edits"], nullWhen: NO_TOKENS },
  ],
});
