/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import { isOfTime } from "../../core/reports/group_column.ts";
import { liveNumbers } from "../../core/reports/live_numbers.ts";
import {
  type FullMetricsReport,
  type MetricsQuery,
  type MetricsReport,
  reportMetrics,
} from "../../core/reports/metrics_report.ts";
import { readTrends } from "../../core/reports/trends.ts";
import { barsOf } from "../bars.ts";
import { chosenPeriod, type PeriodOptions, periodTitle } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { metricsCsv } from "../formats/report_csv.ts";
import { type GroupBars, groupSheet, type Sheet } from "../group_sheet.ts";
import { changeLook, headlineNotes, headlineRows, stateRows } from "../headlines.ts";
import { barSigns, type ChartLook, chartLook } from "../charts/chart_look.ts";
import type { Io } from "../io.ts";
import { nothingText } from "../nothing_text.ts";
import { sectionRows, sectionSheets } from "../section_sheets.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { namesOfTools } from "../tool_names.ts";
import { toolServers, type Workspace } from "../workspace.ts";
import { notesText } from "../wrap.ts";
import {
  type FilterOptions,
  noteCoverage,
  printJson,
  type ReportContext,
  withReport,
} from "../with_report.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions, PeriodOptions {
  readonly groupBy?: GroupBy;
  readonly format?: Format;
  /** Every number of the sections, too. */
  readonly all?: true;
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
  const period = chosenPeriod(options, now);
  return await withReport(io, globals, options, async (context) => {
    const { workspace, db, filter, coverage } = context, { groupBy } = options;
    // Names are looked for on the disk: only where they are shown.
    const labels = groupBy && context.labels;
    const servers = options.all || format === "json" ? toolServers(workspace) : undefined;
    const query = { ...filter, period, now, groupBy, labels, servers, coverage };
    const report = reportMetrics(db, query);
    if (format === "json") return printJson(io, report);
    const told: Told = { context, query, report, options };
    if (format === "csv") io.stdout.write(metricsCsv(report));
    else if (format === "markdown") io.stdout.write(markdownText(told));
    else if (isEmpty(report)) io.stdout.write(nothingText(context, options, now));
    else if (format === "chart") io.stdout.write(await chartText(told, chartLook(io, globals)));
    else io.stdout.write(tableText(told, io, chartLook(io, globals)));
    noteCoverage(io, globals, report.coverage);
  });
}

/** A report, and what it was asked for with. */
interface Told {
  readonly context: ReportContext;
  readonly query: MetricsQuery;
  readonly report: FullMetricsReport;
  readonly options: MetricsOptions;
}

/** Where there is nothing, neither now nor in the period before, a table of it helps nobody. */
function isEmpty({ totals, change }: MetricsReport): boolean {
  return totals.sessions === 0 && !change.sessions;
}

async function chartText({ context, query, report, options }: Told, look: ChartLook) {
  const { metricsChart } = await import("../metrics_chart.ts");
  const { metric } = options, period = periodTitle(options);
  const names = groupNames(context.workspace, report, options.groupBy);
  return metricsChart({ db: context.db, report, query, metric, period, names }, look);
}

function tableText(told: Told, io: Io, { paint, signs }: ChartLook): string {
  const { context: { workspace, db }, query, report, options: { groupBy } } = told;
  const trends = groupBy === undefined || isOfTime(groupBy)
    ? undefined
    : readTrends(db, query, groupBy, BARS);
  const sheet = sheetOf(told, {
    paint,
    bars: trends && new Map(
      [...trends].map(([key, counts]) => [key, barsOf(counts, barSigns(signs))]),
    ),
    // Names of tools are for the eyes of who asks: what is passed on has none.
    names: groupNames(workspace, report, groupBy),
  });
  return [sheet, ...moreSheets(told)].map((one) => sheetText(one, io, paint)).join("\n");
}

function markdownText(told: Told): string {
  return [sheetOf(told), ...moreSheets(told)].map(sheetMarkdown).join("\n");
}

/** Every number of the sections, where they are asked for. */
function moreSheets({ report, options }: Told): Sheet[] {
  return options.all ? sectionSheets(report) : [];
}

function sheetOf({ report, options }: Told, { paint, bars, names }: {
  readonly paint?: Paint;
  readonly bars?: GroupBars | undefined;
  readonly names?: ReadonlyMap<string, string> | undefined;
} = {}): Sheet {
  const period = periodTitle(options);
  return options.groupBy === undefined
    ? headlineSheet(report, period, paint)
    : groupSheet(report, options.groupBy, { period, bars, names });
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

function groupNames(workspace: Workspace, { groups = [] }: MetricsReport, by?: GroupBy) {
  return by === "tool" ? namesOfTools(workspace, groups.map(({ key }) => key)) : undefined;
}

function headlineSheet(report: FullMetricsReport, title: string, paint?: Paint): Sheet {
  const numbers = liveNumbers(report);
  const columns = [
    { title },
    { title: "value", number: true },
    { title: "change", number: true, weight: 1, ...paint && { look: changeLook(paint) } },
  ];
  const rows = [...headlineRows(numbers), ...stateRows(numbers), ...sectionRows(report)];
  // All of time has no period before it, and the first one nothing in it.
  const shown = rows.some(([, , change]) => change !== "–") ? columns : columns.slice(0, 2);
  return {
    columns: shown,
    rows: rows.map((row) => row.slice(0, shown.length)),
    notes: headlineNotes(numbers),
  };
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
