/**
 * `blueplane sessions`: the sessions, the latest first.
 *
 * @module
 */

import type { SessionsReport } from "../../core/reports/sessions_report.ts";
import { askServer, periodQuestion } from "../ask_server.ts";
import { chosenPeriod, type PeriodOptions } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { unknownNote } from "../headlines.ts";
import { chartLook } from "../charts/chart_look.ts";
import { type SessionColumn, sessionColumns } from "../session_columns.ts";
import { sessionsChart } from "../sessions_chart.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { sessionsCsv } from "../formats/report_csv.ts";
import type { Io } from "../io.ts";
import { emptyText } from "../empty_text.ts";
import { shownText } from "../shown_text.ts";
import { paintFor, renderTable } from "../table.ts";
import { notesText } from "../wrap.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";
import type { SessionSort } from "../../core/reports/report_choices.ts";

/** Options of the command. */
export interface SessionsOptions extends FilterOptions, PeriodOptions {
  readonly limit: number;
  readonly offset: number;
  readonly sort: SessionSort;
  readonly minAcceptance?: number;
  readonly format?: Format;
}

/** Runs the command. */
export async function runSessions(
  io: Io,
  globals: Globals,
  options: SessionsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const { limit, offset, sort, minAcceptance } = options, now = io.clock.now();
  const period = chosenPeriod(options, now);
  // Without an end also those are shown whose clock was ahead.
  const isOfAll = period.from === undefined && options.until === undefined;
  const during = isOfAll ? undefined : period;
  const asked = await askServer<SessionsReport>(io, globals, options, {
    path: "/api/v1/sessions",
    question: {
      ...during ? periodQuestion(options, during) : {},
      limit,
      offset,
      sort,
      min_acceptance: minAcceptance,
    },
    // Where there is none, what was named may be called otherwise, or have been before.
    isEnough: ({ total }) => total > 0 || options.model === undefined && !during,
  });
  if (asked) {
    printSessions(io, globals, asked, options, format);
    return 0;
  }
  return await withReport(io, globals, options, async ({ db, filter, labels, coverage }, io) => {
    const { reportSessions } = await import("../../core/reports/sessions_report.ts");
    const query = { ...filter, during, limit, offset, sort, minAcceptance, labels, coverage };
    const report = reportSessions(db, query);
    const isNone = report.total === 0 && during && minAcceptance === undefined;
    const none = isNone
      ? (await import("../nothing_text.ts")).nothingText({ db, filter }, options, now)
      : undefined;
    printSessions(io, globals, report, options, format, none);
  });
}

function printSessions(
  io: Io,
  globals: Globals,
  report: SessionsReport,
  options: SessionsOptions,
  format: Format,
  none = noneText(options, report.total),
): void {
  if (format === "json") return printJson(io, report);
  if (format === "csv") io.stdout.write(sessionsCsv(report));
  else if (format === "chart" && report.sessions.length > 0) {
    const lines = sessionsChart(report.sessions, options.sort, chartLook(io, globals));
    io.stdout.write(`${lines.join("\n")}\n`);
  } else {
    io.stdout.write(
      format === "markdown"
        ? markdownTable(...tableOf(report, options, io))
        : report.sessions.length === 0
        ? none
        : sessionsText(report, options, io, globals),
    );
  }
  noteCoverage(io, globals, report.coverage);
}

function tableOf(
  { sessions }: SessionsReport,
  { sort }: SessionsOptions,
  io: Io,
): [columns: SessionColumn[], rows: string[][]] {
  const columns = sessionColumns(sort), now = io.clock.now();
  const rows = sessions.map((session) => columns.map(({ text }) => text(session, now)));
  return [columns, rows];
}

function sessionsText(
  report: SessionsReport,
  options: SessionsOptions,
  io: Io,
  globals: Globals,
): string {
  const { sessions, total } = report, paint = paintFor(io, globals);
  const { offset } = options;
  const untold = sessions.filter(({ unknown }) => unknown.tokens).length;
  const notes = [
    ...sessions.length < total && !globals.quiet
      ? [shownText(offset, sessions.length, total)]
      : [],
    unknownNote({ sessions_without_tokens: untold, sessions: sessions.length }),
  ].filter((note) => note !== "");
  return renderTable(...tableOf(report, options, io), paint, io.stdout.columns()) +
    notesText(notes, paint, io.stdout.columns());
}

function noneText(options: SessionsOptions, total: number): string {
  if (total > 0) return `No session so far down: there are ${total}.\n`;
  return options.minAcceptance === undefined ? emptyText(options) : "No session matches.\n";
}
