/**
 * `blueplane acceptance`: what became of what the assistant proposed, and what it cost.
 *
 * @module
 */

import type { AcceptanceReport } from "../../core/reports/acceptance_report.ts";
import {
  costSheet,
  groupSheet,
  headlineSheet,
  type Sheet,
  shownGroups,
} from "../acceptance_tables.ts";
import { askServer, periodQuestion } from "../ask_server.ts";
import { chosenPeriod, noteBounds, type PeriodOptions, periodTitle } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { acceptanceCsv } from "../formats/acceptance_csv.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { isHashed } from "../hashed_tools.ts";
import { priceNote, unknownNote } from "../headlines.ts";
import type { Io } from "../io.ts";
import { paintFor, renderTable } from "../table.ts";
import { notesText } from "../wrap.ts";
import { wrappedRows } from "../wrapped_rows.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";
import type { AcceptanceDimension } from "../../core/reports/report_choices.ts";

/** Options of the command. */
export interface AcceptanceOptions extends FilterOptions, PeriodOptions {
  readonly by?: AcceptanceDimension;
  readonly format?: ListFormat;
}

/** Dimensions of the overview, and how many groups of each it shows. */
const SHOWN = ["tool", "model", "extension", "mode"] as const;
const ROWS_MAX = 5;

/** Runs the command. */
export async function runAcceptance(
  io: Io,
  globals: Globals,
  options: AcceptanceOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const now = io.clock.now();
  const period = chosenPeriod(options, now), { by } = options;
  const asked = await askServer<AcceptanceReport>(io, globals, options, {
    path: "/api/v1/analysis/acceptance",
    question: { ...periodQuestion(options, period), by },
    // What tools are called stands nowhere but in a table.
    isEnough: (report) =>
      format !== "table" || !isEmpty(report) && !shownTools(report, options).some(isHashed),
  });
  if (asked) {
    printAcceptance(io, globals, asked, options, format);
    return 0;
  }
  return await withReport(io, globals, options, async (context, io) => {
    const { workspace, db, filter, labels, coverage } = context;
    const [{ reportAcceptance }, { namesOfTools }] = await Promise.all([
      import("../../core/reports/acceptance_report.ts"),
      import("../tool_names.ts"),
    ]);
    const report = reportAcceptance(db, { ...filter, period, now, by, labels, coverage });
    if (!isEmpty(report) || format !== "table") {
      // Names of tools are for the eyes of who asks: what is passed on has none.
      const tools = format === "table" ? shownTools(report, options) : [];
      const names = namesOfTools(workspace, tools);
      return printAcceptance(io, globals, report, options, format, names);
    }
    const { nothingText } = await import("../nothing_text.ts");
    io.stdout.write(nothingText({ db, filter }, options, now));
    noteBounds(io, globals, options, report.period);
    noteCoverage(io, globals, report.coverage);
  });
}

function printAcceptance(
  io: Io,
  globals: Globals,
  report: AcceptanceReport,
  options: AcceptanceOptions,
  format: ListFormat,
  names?: ReadonlyMap<string, string>,
): void {
  if (format === "json") return printJson(io, report);
  if (format === "csv") return io.stdout.write(acceptanceCsv(report));
  const sheets = sheetsOf(report, options, names), notes = notesOf(report);
  if (format === "markdown") {
    const tables = sheets.map(({ columns, rows, note }) =>
      markdownTable(columns, rows) + (note === undefined ? "" : `\n${note}\n`)
    );
    io.stdout.write([...tables, ...notes.map((note) => `${note}\n`)].join("\n"));
  } else {
    const paint = paintFor(io, globals), width = io.stdout.columns();
    const tables = sheets.map(({ columns, rows, note, hasLists }) =>
      renderTable(columns, hasLists ? wrappedRows(rows, width) : rows, paint, width) +
      notesText(note === undefined ? [] : [note], paint, width)
    );
    io.stdout.write(tables.join("\n"));
    if (notes.length > 0) io.stdout.write(`\n${notesText(notes, paint, width)}`);
  }
  noteBounds(io, globals, options, report.period);
  noteCoverage(io, globals, report.coverage);
}

function isEmpty({ totals, by }: AcceptanceReport): boolean {
  return !totals.cost_usd && Object.values(by).every((groups) => groups.length === 0);
}

function sheetsOf(
  report: AcceptanceReport,
  options: AcceptanceOptions,
  names?: ReadonlyMap<string, string>,
): Sheet[] {
  const { by } = options, look = { whole: report.totals, rowsMax: rowsOf(options), names };
  if (by !== undefined) return [groupSheet(by, groupsOf(report, by), look)];
  const cost = costSheet(report);
  const groups = SHOWN.flatMap((name) => {
    const all = groupsOf(report, name);
    return all.length === 0 ? [] : [groupSheet(name, all, look)];
  });
  return [headlineSheet(report, periodTitle(options)), ...cost ? [cost] : [], ...groups];
}

function shownTools(report: AcceptanceReport, options: AcceptanceOptions): string[] {
  if ((options.by ?? "tool") !== "tool") return [];
  return shownGroups("tool", groupsOf(report, "tool"), rowsOf(options)).map(({ key }) => key);
}

function rowsOf({ by }: AcceptanceOptions): number {
  return by === undefined ? ROWS_MAX : Infinity;
}

function groupsOf({ by }: AcceptanceReport, dimension: AcceptanceDimension) {
  return by[dimension.replaceAll("-", "_")]!;
}

function notesOf({ unknown, totals }: AcceptanceReport): string[] {
  const isLinked = totals.cost_by_outcome_usd?.unlinked === undefined;
  const { cost_coverage } = totals;
  return [
    priceNote({ cost_coverage }),
    unknownNote({ sessions_without_tokens: unknown.tokens?.sessions ?? 0 }),
    isLinked ? "" : "what was read before calls named their response is of no model",
  ].filter((note) => note !== "");
}
