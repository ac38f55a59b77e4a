/**
 * The single numbers of a report by name, apart from what reads them: also of one that another
 * process made.
 *
 * @module
 */

import type { Percentiles } from "../durations.ts";
import type { MetricsReport, PeriodTotals } from "./metrics_report.ts";
import { isOutputOpen } from "./output_bound.ts";
import { productivityOf } from "./productivity.ts";
import type { TimeReport } from "./time_report.ts";
import { toldTokens } from "./told_tokens.ts";
import type { Rates } from "./totals.ts";

/**
 * The single numbers of a report by name: those of `flatten`, each rate's `<name>_n`, `_low` and
 * `_high`, each time's `<name>_p50`, `_p95`, `_p99` and `_n`, `edits_<verdict>`,
 * `tool_results_<kind>`, `time_<name>`, `concurrency_<name>`, `change_<name>`, whether cost and
 * output are lower bounds (1 or 0), and the coverage.
 */
export function liveNumbers(report: MetricsReport): Record<string, number | null> {
  const { totals, rates, latency, change, coverage } = report;
  const numbers = { ...flatten(totals, rates), ...flattenTime(report.time) };
  for (const [name, value] of Object.entries(report.concurrency ?? {})) {
    numbers[`concurrency_${name}`] = value;
  }
  for (const [name, rate] of Object.entries(rates)) {
    for (const part of ["n", "low", "high"] as const) {
      numbers[`${name}_${part}`] = rate?.[part] ?? null;
    }
  }
  for (const [name, times] of Object.entries(latency) as [string, Percentiles | null][]) {
    for (const part of ["p50", "p95", "p99", "n"] as const) {
      numbers[`${name}_${part}`] = times?.[part] ?? null;
    }
  }
  for (const [verdict, count] of Object.entries(totals.acceptance)) {
    if (typeof count === "number" && verdict !== "rate") numbers[`edits_${verdict}`] = count;
  }
  for (const [kind, count] of Object.entries(totals.tool_results_by_kind ?? {})) {
    numbers[`tool_results_${kind}`] = count;
  }
  for (const [name, difference] of Object.entries(change)) numbers[`change_${name}`] = difference;
  const { cost_is_lower_bound: open } = totals;
  numbers.cost_is_lower_bound = open === null ? null : Number(open);
  numbers.output_is_lower_bound = Number(isOutputOpen(totals));
  numbers.sessions_without_tokens = totals.unknown.tokens?.sessions ?? 0;
  return { ...numbers, ...coverage };
}

/** The single numbers of totals and rates by name; tokens as `tokens_input` and so on. */
export function flatten(totals: PeriodTotals, rates: Rates): Record<string, number | null> {
  const flat: Record<string, number | null> = {};
  // Objects, where there are any.
  const { reviewed_hunks: _, estimated: __, cost_by_outcome_usd: ___, ...numbers } = totals;
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value === "number" || value === null) flat[name] = value;
  }
  flat.productivity_score = totals.tool_uses === null ? null : productivityOf(totals).score;
  for (const [kind, count] of Object.entries(toldTokens(totals))) flat[`tokens_${kind}`] = count;
  for (const [name, rate] of Object.entries(rates)) flat[`${name}_rate`] = rate?.value ?? null;
  return flat;
}

/** The single numbers of it by name: `time_model_ms` and so on. */
export function flattenTime(time: TimeReport | null): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(time ?? {}).map(([name, value]) => [`time_${name}`, value]),
  );
}
