/**
 * At what pace work goes on, and what comes of what goes in.
 *
 * @module
 */

import type { PeriodTotals } from "../metrics_report.ts";
import type { UsageSums } from "../usage_sums.ts";

/** Null where what it is measured against is nothing, or not known. */
export interface Pace {
  readonly prompts_per_session: number | null;
  readonly operations_per_session: number | null;
  readonly files_per_session: number | null;
  readonly prompts_per_active_minute: number | null;
  readonly calls_per_active_minute: number | null;
  /** Lines added and removed, those of new files too. */
  readonly lines_per_active_hour: number | null;
  /** The most operations in one minute of one session. */
  readonly operations_a_minute_max: number;
  readonly tokens_per_active_day: number | null;
  readonly tokens_per_active_hour: number | null;
  /** Input that was not read from the cache, for a token of output. */
  readonly new_input_per_output: number | null;
  readonly new_input_per_output_band: "under_10" | "under_25" | "under_50" | "over_50" | null;
  /** Output tokens for a changed line. */
  readonly output_tokens_per_line: number | null;
  readonly lines_per_1000_tokens: number | null;
}

/** Less active time says nothing of a pace. */
const ACTIVE_MS_MIN = 60_000;

/** The pace of totals. */
export function paceOf(totals: PeriodTotals, sums: UsageSums, activeDays: number): Pace {
  const { tokens, active_ms: active, sessions } = totals;
  const minutes = active === null || active < ACTIVE_MS_MIN ? null : active / 60_000;
  const hours = minutes === null ? null : minutes / 60;
  const lines = totals.lines_added === null
    ? null
    : totals.lines_added + (totals.lines_removed ?? 0) + (totals.created_file_lines ?? 0);
  const input = tokens.input === null ? null : tokens.input + (tokens.cache_creation ?? 0);
  const all = input === null ? null : input + (tokens.cache_read ?? 0) + (tokens.output ?? 0);
  const perOutput = ratio(input, tokens.output);
  const prompts = (totals.user_prompts ?? 0) + (totals.queued_prompts ?? 0);
  return {
    prompts_per_session: ratio(prompts, sessions),
    operations_per_session: ratio(sums.operations, sessions),
    files_per_session: ratio(totals.files_touched, sessions),
    prompts_per_active_minute: ratio(prompts, minutes),
    calls_per_active_minute: ratio(totals.tool_uses, minutes),
    lines_per_active_hour: ratio(lines, hours),
    operations_a_minute_max: sums.operations_a_minute,
    tokens_per_active_day: ratio(all, activeDays),
    tokens_per_active_hour: ratio(all, hours),
    new_input_per_output: perOutput,
    new_input_per_output_band: bandOf(perOutput),
    output_tokens_per_line: ratio(tokens.output, lines),
    lines_per_1000_tokens: ratio(lines, all === null ? null : all / 1000),
  };
}

function bandOf(perOutput: number | null): Pace["new_input_per_output_band"] {
  if (perOutput === null) return null;
  if (perOutput < 10) return "under_10";
  if (perOutput < 25) return "under_25";
  return perOutput <= 50 ? "under_50" : "over_50";
}

function ratio(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole === 0) return null;
  return Math.round(part / whole * 1e6) / 1e6;
}
