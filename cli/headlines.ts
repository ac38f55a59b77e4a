/**
 * The headline numbers as rows of a table: of a report and of a live picture alike.
 *
 * @module
 */

import { isCostOpen, type ToldCost } from "../core/cost_text.ts";
import {
  changeText,
  formatCount,
  formatCounted,
  formatLatency,
  formatNumber,
  formatShare,
} from "../core/format.ts";
import { metricOf } from "../core/metrics.ts";
import type { Paint } from "./table.ts";

/** Single numbers by name, as `liveNumbers` makes them; what is not known is null or absent. */
export type Numbers = Readonly<Record<string, number | null | undefined>>;

const COUNTS = [
  "cost_usd",
  "sessions",
  "active_ms",
  "user_prompts",
  "assistant_messages",
  "tool_uses",
  "lines_added",
  "lines_removed",
  "files_created",
  "tokens_input",
  "tokens_output",
  "tokens_cache_read",
  "tokens_cache_creation",
].map(metricOf);
/** Where the time went, and how many sessions shared it. */
const STATES = [
  "time_model_ms",
  "time_tool_ms",
  "time_permission_ms",
  "time_user_ms",
  "time_idle_ms",
  "concurrency_most",
].map(metricOf);
const NEARLY_ALL = 0.999;
const RATES = ["acceptance", "error", "rejection", "cache_hit"];
const TIMES = ["tool_ms", "turn_ms"];
/** Whether a count is a lower bound, of those that can be. */
const LOWER_BOUNDS: Readonly<Record<string, (numbers: Numbers) => boolean>> = {
  cost_usd: isCostOpen,
  tokens_output: ({ output_is_lower_bound: isOpen }) => Boolean(isOpen),
};

/** The better direction of what has one. */
const BETTER: Readonly<Record<string, "▲" | "▼">> = {
  cost_usd: "▼",
  acceptance: "▲",
  error: "▼",
  rejection: "▼",
  cache_hit: "▲",
};

/** Name, value and change of each. */
export function headlineRows(numbers: Numbers): string[][] {
  const rates = RATES.map((name) => [
    metricOf(`${name}_rate`).title,
    rateText(numbers, name),
    changeText(numbers[`change_${name}_rate`], (share) => `${(share * 100).toFixed(1)} pt`),
  ]);
  return [...countRows(COUNTS, numbers), ...rates, ...timeRows(TIMES, numbers)];
}

/** The same of where the time went, for where there is room. */
export function stateRows(numbers: Numbers): string[][] {
  return [
    ...timeRows(["response_ms", "first_call_ms", "think_ms"], numbers),
    ...countRows(STATES, numbers),
  ];
}

function countRows(metrics: typeof COUNTS, numbers: Numbers): string[][] {
  return metrics.map(({ id, title, unit }) => {
    const sign = typeof numbers[id] === "number" && LOWER_BOUNDS[id]?.(numbers) ? "≥" : "";
    return [
      title,
      sign + formatNumber(numbers[id], unit),
      changeText(numbers[`change_${id}`], (change) => formatNumber(change, unit)),
    ];
  });
}

function timeRows(names: readonly string[], numbers: Numbers): string[][] {
  return names.map((name) => [metricOf(name).title, timeText(numbers, name), "–"]);
}

/** How a change is painted, by its row: green and red where one direction is better. */
export function changeLook(paint: Paint): (cell: string, row: number) => string {
  const names = [...COUNTS.map(({ id }) => id), ...RATES];
  return (cell, row) => {
    const better = BETTER[names[row] ?? ""];
    if (better === undefined || !/[▲▼]/.test(cell)) return cell;
    return cell.includes(better) ? paint.green(cell) : paint.red(cell);
  };
}

/** Says what share of the tokens the cost does not cover: what has no price costs nothing else. */
export function priceNote({ cost_coverage: share }: Pick<ToldCost, "cost_coverage">): string {
  if (typeof share !== "number" || share >= 1) return "";
  // What is not all does not look so.
  const covered = share > NEARLY_ALL ? `over ${formatShare(NEARLY_ALL)}` : formatShare(share);
  return `cost covers ${covered} of the tokens; the other models have no price`;
}

/** Says of how many sessions tokens and cost are not known, as their assistant keeps none. */
export function unknownNote(
  { sessions_without_tokens: count, sessions }: Numbers,
): string {
  if (!count) return "";
  const of = typeof sessions === "number"
    ? `${formatCount(count)} of ${formatCounted(sessions, "session")}`
    : formatCounted(count, "session");
  return `tokens and cost are not kept in ${of}; they are in no sum`;
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
