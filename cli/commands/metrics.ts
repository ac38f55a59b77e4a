/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import { type GroupBy, isOfTime } from "../../core/reports/groups.ts";
import { liveNumbers } from "../../core/reports/live_picture.ts";
import { type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import { parsePeriod, type Period, rollingPeriod } from "../../core/reports/period.ts";
import { readTrends } from "../../core/reports/trends.ts";
import { barsOf } from "../bars.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { metricsCsv } from "../formats/report_csv.ts";
import { groupSheet, type Sheet } from "../group_sheet.ts";
import { changeLook, headlineNotes, headlineRows } from "../headlines.ts";
import { chartLook } from "../charts/chart_look.ts";
import { metricsChart } from "../metrics_chart.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { notesText } from "../wrap.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
  readonly groupBy?: GroupBy;
  readonly format?: Format;
  readonly metric?: string;
  readonly list?: true;
  readonly watch?: true;
  /** Seconds. */
  readonly interval?: number;
}

/** As many bars as show how busy a group was. */
const BARS = 16;

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
  if (options.metric !== undefined && format !== "chart") {
    throw new UsageError("Cannot use --metric: it goes with -f chart");
  }
  const now = io.clock.now();
  const period = periodOf(options, now);
  return await withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { groupBy } = options;
    const report = reportMetrics(db, { ...filter, period, now, groupBy, labels, coverage });
    if (format === "json") return printJson(io, report);
    if (format === "csv") io.stdout.write(metricsCsv(report));
    else if (format === "chart") {
      const query = { ...filter, period, now, groupBy };
      const chart = { db, report, query, metric: options.metric, period: periodTitle(options) };
      io.stdout.write(metricsChart(chart, chartLook(io, globals)));
    } else {
      const title = periodTitle(options), paint = paintFor(io, globals);
      const trends = format === "table" && groupBy !== undefined && !isOfTime(groupBy)
        ? readTrends(db, { ...filter, period, now }, groupBy, BARS)
        : undefined;
      const bars = trends && new Map([...trends].map(([key, counts]) => [key, barsOf(counts)]));
      const sheet = groupBy === undefined
        ? headlineSheet(report, title, paint)
        : groupSheet(report, groupBy, { period: title, bars });
      const isText = format === "table";
      io.stdout.write(isText ? sheetText(sheet, io, paint) : sheetMarkdown(sheet));
    }
    noteCoverage(io, globals, report.coverage);
  });
}

async function listMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (options.watch) throw new UsageError("Cannot watch the list: it stays as it is");
  if (format === "chart") throw new UsageError("Cannot draw the list: it holds no numbers");
  const { printMetricsList } = await import("./metrics_list.ts");
  printMetricsList(io, format, paintFor(io, globals));
  return 0;
}

async function watchMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (format !== "table" && format !== "json") {
    throw new UsageError(`Cannot watch as ${format}: --watch prints a screen, or JSON`);
  }
  const { runWatch } = await import("../watch.ts");
  return await runWatch(io, { ...globals, json: format === "json" || undefined }, options);
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
    return period === "all" ? "all time" : `last ${period}`;
  }
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(" ");
}

function headlineSheet(report: MetricsReport, title: string, paint: Paint): Sheet {
  const numbers = liveNumbers(report);
  const look = changeLook(paint);
  const columns = [
    { title },
    { title: "value", number: true },
    { title: "change", number: true, weight: 1, look },
  ];
  return { columns, rows: headlineRows(numbers), notes: headlineNotes(numbers) };
}

function sheetMarkdown({ caption, columns, rows, total, notes }: Sheet): string {
  return (caption === undefined ? "" : `${caption}\n\n`) +
    markdownTable(columns, total ? [...rows, total] : rows) +
    notes.map((note) => `\n${note}\n`).join("");
}

function sheetText({ caption, columns, rows, total, notes }: Sheet, io: Io, paint: Paint) {
  if (rows.length === 0) return "Nothing in this period.\n";
  return (caption === undefined ? "" : paint.dim(`${caption}\n`)) +
    renderTable(columns, rows, paint, io.stdout.columns(), total) +
    notesText(notes, paint, io.stdout.columns());
}
