/**
 * The headline numbers as rows of a table: of a report and of a live picture alike.
 *
 * @module
 */

import {
  formatCount,
  formatDuration,
  formatLatency,
  formatMoney,
  formatShare,
} from "../core/format.ts";

/** Single numbers by name, as `liveNumbers` makes them; what is not known is null or absent. */
export type Numbers = Readonly<Record<string, number | null | undefined>>;

/** Counts: name, name on screen, and how it looks. */
const COUNTS: readonly (readonly [string, string, ((value: number) => string)?])[] = [
  ["cost_usd", "cost", formatMoney],
  ["sessions", "sessions"],
  ["active_ms", "active time", formatDuration],
  ["user_prompts", "prompts"],
  ["assistant_messages", "responses"],
  ["tool_uses", "tool calls"],
  ["lines_added", "lines added"],
  ["lines_removed", "lines removed"],
  ["files_created", "files created"],
  ["tokens_input", "input tokens"],
  ["tokens_output", "output tokens"],
  ["tokens_cache_read", "cache reads"],
  ["tokens_cache_creation", "cache writes"],
];
const RATES = [
  ["acceptance", "edits accepted"],
  ["error", "failed tool calls"],
  ["rejection", "refused tool calls"],
  ["cache_hit", "cache hits"],
] as const;
const TIMES = [["tool_ms", "time of a tool call"], ["turn_ms", "time of a turn"]] as const;
/** The number that says whether a count is a lower bound. */
const LOWER_BOUNDS: Readonly<Record<string, string>> = {
  cost_usd: "cost_is_lower_bound",
  tokens_output: "output_is_lower_bound",
};

/** Name, value and change of each. */
export function headlineRows(numbers: Numbers): string[][] {
  const counts = COUNTS.map(([name, title, format = formatCount]) => {
    const value = numbers[name] ?? null;
    const sign = numbers[LOWER_BOUNDS[name] ?? ""] ? "≥" : "";
    return [
      title,
      sign + (value === null ? "–" : format(value)),
      changeText(numbers[`change_${name}`], format),
    ];
  });
  const rates = RATES.map(([name, title]) => [
    title,
    rateText(numbers, name),
    changeText(numbers[`change_${name}_rate`], (share) => `${(share * 100).toFixed(1)} pt`),
  ]);
  const times = TIMES.map(([name, title]) => [title, timeText(numbers, name), "–"]);
  return [...counts, ...rates, ...times];
}

/** Says what share of the tokens the cost does not cover: what has no price costs nothing else. */
export function priceNote({ cost_coverage: share }: Numbers): string {
  if (typeof share !== "number" || share >= 1) return "";
  return `cost covers ${formatShare(share)} of the tokens; the other models have no price`;
}

/** Says of how many sessions tokens and cost are not known, as their assistant keeps none. */
export function unknownNote(
  { sessions_without_tokens: count, sessions }: Numbers,
): string {
  if (!count) return "";
  const of = typeof sessions === "number" ? ` of ${formatCount(sessions)}` : "";
  return `tokens and cost are not kept in ${
    formatCount(count)
  }${of} sessions; they are in no sum`;
}

/** What is to be said below the headline numbers. */
export function headlineNotes(numbers: Numbers): string[] {
  return [priceNote(numbers), unknownNote(numbers)].filter((note) => note !== "");
}

function rateText(numbers: Numbers, name: string): string {
  const value = numbers[`${name}_rate`] ?? null;
  return value === null
    ? "–"
    : `${formatShare(value)} of ${formatCount(numbers[`${name}_n`] ?? null)}`;
}

function timeText(numbers: Numbers, name: string): string {
  const [p50, p95] = [numbers[`${name}_p50`], numbers[`${name}_p95`]];
  return typeof p50 === "number" ? `${formatLatency(p50)}, p95 ${formatLatency(p95)}` : "–";
}

function changeText(
  change: number | null | undefined,
  format: (change: number) => string,
): string {
  if (change === null || change === undefined) return "–";
  if (change === 0) return "=";
  return change > 0 ? `▲ ${format(change)}` : `▼ ${format(-change)}`;
}
