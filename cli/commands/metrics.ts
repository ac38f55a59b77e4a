/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import {
  formatCount,
  formatDuration,
  formatLatency,
  formatMoney,
  formatShare,
} from "../../core/format.ts";
import type { GroupBy } from "../../core/reports/groups.ts";
import { flatten, type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import type { Percentiles } from "../../core/reports/latency.ts";
import { parsePeriod, type Period, rollingPeriod } from "../../core/reports/period.ts";
import type { Rate } from "../../core/reports/rates.ts";
import { isOutputOpen, type Totals } from "../../core/reports/totals.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
  readonly groupBy?: GroupBy;
}

/** Counts of the headline table: name in the report, name on screen, and how it looks. */
const HEADLINES: readonly (readonly [string, string, ((value: number) => string)?])[] = [
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

const LATENCIES = [["tool_ms", "time of a tool call"], ["turn_ms", "time of a turn"]] as const;

/** Columns of the table of groups, and how much each matters where there is little room. */
const GROUP_COLUMNS = [
  ["cost", 9],
  ["prompts", 5],
  ["responses", 4],
  ["tool calls", 7],
  ["failed", 6],
  ["refused", 3],
  ["lines", 2],
  ["output", 8],
] as const;

/** How and how wide a table is drawn. */
interface Look {
  readonly paint: Paint;
  readonly columns: number;
  readonly title: string;
}

/** Runs the command. */
export function runMetrics(io: Io, globals: Globals, options: MetricsOptions): Promise<number> {
  const now = io.clock.now();
  const period = periodOf(options, now);
  return withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { groupBy } = options;
    const report = reportMetrics(db, { ...filter, period, now, groupBy, labels, coverage });
    if (globals.json) return printJson(io, report);
    const paint = paintFor(io, globals);
    const look = { paint, columns: io.stdout.columns(), title: periodTitle(options) };
    io.stdout.write(report.groups ? groupTable(report, look) : headlineTable(report, look));
    noteCoverage(io, globals, report.coverage);
  });
}

function periodOf({ period, since, until }: MetricsOptions, now: number): Period {
  if (since === undefined && until === undefined) return rollingPeriod(period, now);
  try {
    return parsePeriod(since, until, now);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The heading of the first column: which period the numbers are of. */
function periodTitle({ period, since, until }: MetricsOptions): string {
  if (since === undefined && until === undefined) {
    return period === "all" ? "all" : `last ${period}`;
  }
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(" ");
}

function headlineTable(report: MetricsReport, { paint, columns: width, title }: Look): string {
  const flat = flatten(report.totals, report.rates);
  const counts = HEADLINES.map(([name, title, format = formatCount]) => [
    title,
    lowerBound(report.totals, name) + (flat[name] === null ? "–" : format(flat[name]!)),
    changeText(report.change[name], format),
  ]);
  const rates = RATES.map(([name, title]) => [
    title,
    rateText(report.rates[name]),
    changeText(report.change[`${name}_rate`], (share) => `${(share * 100).toFixed(1)} pt`),
  ]);
  const latencies = LATENCIES.map(([name, title]) => [
    title,
    latencyText(report.latency[name]),
    "–",
  ]);
  const columns = [{ title }, { title: "value", number: true }, {
    title: "change",
    number: true,
  }];
  const note = priceNote(report.totals);
  return renderTable(columns, [...counts, ...rates, ...latencies], paint, width) +
    (note === "" ? "" : paint.dim(`${note}\n`));
}

/** Says what share of the tokens the cost does not cover: what has no price costs nothing else. */
function priceNote({ cost_coverage: share }: MetricsReport["totals"]): string {
  if (share === null || share >= 1) return "";
  return `cost covers ${formatShare(share)} of the tokens; the other models have no price`;
}

/** The sign before a number that is a lower bound. */
function lowerBound(totals: Totals, name: string): string {
  if (name === "cost_usd") return totals.cost_is_lower_bound ? "≥" : "";
  return name === "tokens_output" && isOutputOpen(totals) ? "≥" : "";
}

function groupTable(report: MetricsReport, { paint, columns: width, title }: Look): string {
  const columns = GROUP_COLUMNS.map(([name, weight]) => ({ title: name, weight, number: true }));
  const rows = (report.groups ?? []).map(({ key, label, totals, rates }) => [
    label ?? key,
    lowerBound(totals, "cost_usd") + formatMoney(totals.cost_usd),
    formatCount(totals.user_prompts),
    formatCount(totals.assistant_messages),
    formatCount(totals.tool_uses),
    formatShare(rates.error?.value),
    formatShare(rates.rejection?.value),
    totals.lines_added === null
      ? "–"
      : `+${formatCount(totals.lines_added)} −${formatCount(totals.lines_removed)}`,
    lowerBound(totals, "tokens_output") + formatCount(totals.tokens.output),
  ]);
  return rows.length === 0
    ? "Nothing in this period.\n"
    : renderTable([{ title }, ...columns], rows, paint, width);
}

function rateText(rate: Rate | null): string {
  return rate === null ? "–" : `${formatShare(rate.value)} of ${formatCount(rate.n)}`;
}

function latencyText(times: Percentiles | null): string {
  return times === null ? "–" : `${formatLatency(times.p50)}, p95 ${formatLatency(times.p95)}`;
}

function changeText(
  change: number | null | undefined,
  format: (change: number) => string,
): string {
  if (change === null || change === undefined) return "–";
  if (change === 0) return "=";
  return change > 0 ? `▲ ${format(change)}` : `▼ ${format(-change)}`;
}
