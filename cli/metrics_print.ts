/**
 * Prints the report of metrics in every format that needs nothing but the report.
 *
 * @module
 */

import { liveNumbers } from "../core/reports/live_numbers.ts";
import type { FullMetricsReport } from "../core/reports/metrics_report.ts";
import { chartLook } from "./charts/chart_look.ts";
import { noteBounds, periodTitle } from "./chosen_period.ts";
import type { Globals } from "./cli.ts";
import type { MetricsOptions } from "./commands/metrics.ts";
import type { Format } from "./formats/chosen_format.ts";
import { markdownTable } from "./formats/markdown.ts";
import type { GroupBars, Sheet } from "./group_sheet.ts";
import { changeLook, headlineNotes, headlineRows, stateRows } from "./headlines.ts";
import type { Io } from "./io.ts";
import { sectionRows } from "./section_rows.ts";
import { type Paint, renderTable } from "./table.ts";
import { noteCoverage, printJson } from "./with_report.ts";
import { notesText } from "./wrap.ts";
import { wrappedRows } from "./wrapped_rows.ts";

/** The report, and what it was asked for with. */
export interface ToldMetrics {
  readonly report: FullMetricsReport;
  readonly options: MetricsOptions;
  /** Beside the numbers of groups in a table. */
  readonly bars?: GroupBars | undefined;
  /** What the user calls groups that have no label, in a table. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

/** Where there is nothing, neither now nor in the period before, a table of it helps nobody. */
export function isNothing({ totals, change }: FullMetricsReport): boolean {
  return totals.sessions === 0 && !change.sessions;
}

/** Prints it; a chart needs more. */
export async function printMetrics(
  io: Io,
  globals: Globals,
  told: ToldMetrics,
  format: Exclude<Format, "chart">,
): Promise<void> {
  const { report, options } = told;
  if (format === "json") return printJson(io, report);
  if (format === "csv") {
    io.stdout.write((await import("./formats/report_csv.ts")).metricsCsv(report));
  } else if (format === "markdown") {
    const sheets = await sheetsOf({ report, options });
    io.stdout.write(sheets.map(sheetMarkdown).join("\n"));
  } else {
    const { paint } = chartLook(io, globals);
    const sheets = await sheetsOf(told, paint);
    io.stdout.write(sheets.map((one) => sheetText(one, io, paint)).join("\n"));
  }
  noteBounds(io, globals, options, report.period);
  noteCoverage(io, globals, report.coverage);
}

/** What only some ask for is loaded then: it knows all assistants. */
async function sheetsOf(
  { report, options, bars, names }: ToldMetrics,
  paint?: Paint,
): Promise<Sheet[]> {
  const { groupBy, all } = options, period = periodTitle(options);
  const first = groupBy === undefined
    ? headlineSheet(report, period, paint)
    : (await import("./group_sheet.ts")).groupSheet(report, groupBy, { period, bars, names });
  return all
    ? [first, ...(await import("./section_sheets.ts")).sectionSheets(report, names)]
    : [first];
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

function sheetText(sheet: Sheet, io: Io, paint: Paint) {
  const { caption, columns, rows, total, notes, hasLists } = sheet, width = io.stdout.columns();
  if (rows.length === 0) return "Nothing in this period.\n";
  return (caption === undefined ? "" : paint.dim(`${caption}\n`)) +
    renderTable(columns, hasLists ? wrappedRows(rows, width) : rows, paint, width, total) +
    notesText(notes, paint, width);
}
