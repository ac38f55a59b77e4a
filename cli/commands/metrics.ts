/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import { formatCount, formatMoney, formatShare } from "../../core/format.ts";
import type { GroupBy } from "../../core/reports/groups.ts";
import { liveNumbers } from "../../core/reports/live_picture.ts";
import { type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import { isOutputOpen, type Totals } from "../../core/reports/totals.ts";
import { chosenPeriod, type PeriodOptions, periodTitle } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { metricsCsv } from "../formats/report_csv.ts";
import { headlineNotes, headlineRows, type Numbers } from "../headlines.ts";
import type { Io } from "../io.ts";
import { type Column, paintFor, renderTable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions, PeriodOptions {
  readonly groupBy?: GroupBy;
  readonly format?: Format;
  readonly list?: true;
  readonly watch?: true;
  /** Seconds. */
  readonly interval?: number;
}

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

/** A table, and what is said below it. */
interface Sheet {
  readonly columns: readonly Column[];
  readonly rows: readonly string[][];
  readonly notes: readonly string[];
}

/** Runs the command. */
export async function runMetrics(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  if (options.list) return await listMetrics(io, globals, options, format);
  if (options.watch) return await watchMetrics(io, globals, options, format);
  if (options.interval !== undefined) {
    throw new UsageError("Cannot use --interval: it goes with --watch");
  }
  const now = io.clock.now();
  const period = chosenPeriod(options, now);
  return await withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { groupBy } = options;
    const report = reportMetrics(db, { ...filter, period, now, groupBy, labels, coverage });
    if (format === "json") return printJson(io, report);
    const title = periodTitle(options);
    const sheet = report.groups ? groupSheet(report, title) : headlineSheet(report, title);
    if (format === "csv") io.stdout.write(metricsCsv(report));
    else if (format === "markdown") io.stdout.write(sheetMarkdown(sheet));
    else io.stdout.write(sheetText(sheet, io, globals));
    noteCoverage(io, globals, report.coverage);
  });
}

async function listMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (options.watch) throw new UsageError("Cannot watch the list: it stays as it is");
  const { printMetricsList } = await import("./metrics_list.ts");
  printMetricsList(io, format, paintFor(io, globals));
  return 0;
}

async function watchMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (format === "csv" || format === "markdown") {
    throw new UsageError(`Cannot watch as ${format}: --watch prints a screen, or JSON`);
  }
  const { runWatch } = await import("../watch.ts");
  return await runWatch(io, { ...globals, json: format === "json" || undefined }, options);
}

function headlineSheet(report: MetricsReport, title: string): Sheet {
  const numbers = liveNumbers(report);
  const columns = [{ title }, { title: "value", number: true }, {
    title: "change",
    number: true,
  }];
  return { columns, rows: headlineRows(numbers), notes: headlineNotes(numbers) };
}

function sheetMarkdown({ columns, rows, notes }: Sheet): string {
  return markdownTable(columns, rows) + notes.map((note) => `\n${note}\n`).join("");
}

function sheetText({ columns, rows, notes }: Sheet, io: Io, globals: Globals): string {
  if (rows.length === 0) return "Nothing in this period.\n";
  const paint = paintFor(io, globals);
  return renderTable(columns, rows, paint, io.stdout.columns()) +
    notes.map((note) => paint.dim(`${note}\n`)).join("");
}

/** The sign before a number that is a lower bound. */
function lowerBound(totals: Totals, name: string): string {
  if (name === "cost_usd") return totals.cost_is_lower_bound ? "≥" : "";
  return name === "tokens_output" && isOutputOpen(totals) ? "≥" : "";
}

/** Groups have prices of their own; what is kept of none is said once. */
function unknownOnly({ sessions_without_tokens, sessions }: Numbers): Numbers {
  return { sessions_without_tokens, sessions };
}

function groupSheet(report: MetricsReport, title: string): Sheet {
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
  const notes = headlineNotes(unknownOnly(liveNumbers(report)));
  return { columns: [{ title }, ...columns], rows, notes };
}
