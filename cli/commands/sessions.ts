/**
 * `blueplane sessions`: the sessions, the latest first.
 *
 * @module
 */

import { costText } from "../../core/cost_text.ts";
import { formatAgo, formatCount, formatDuration, formatShare } from "../../core/format.ts";
import type { Session, SessionsReport } from "../../core/reports/sessions_report.ts";
import { toldTokens } from "../../core/reports/told_tokens.ts";
import { isOutputOpen } from "../../core/reports/output_bound.ts";
import { askServer } from "../ask_server.ts";
import type { Globals } from "../cli.ts";
import { unknownNote } from "../headlines.ts";
import { chartLook } from "../charts/chart_look.ts";
import { sessionsChart } from "../sessions_chart.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { sessionsCsv } from "../formats/report_csv.ts";
import type { Io } from "../io.ts";
import { emptyText } from "../empty_text.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { notesText } from "../wrap.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";
import type { SessionSort } from "../../core/reports/report_choices.ts";

const COLUMNS = [
  { title: "session" },
  { title: "project", cuts: true },
  { title: "last", number: true, weight: 8 },
  { title: "length", number: true, weight: 3 },
  { title: "prompts", number: true, weight: 5 },
  { title: "tools", number: true, weight: 6 },
  { title: "refused", number: true, weight: 2 },
  { title: "accepted", number: true, weight: 4 },
  { title: "output", number: true, weight: 7 },
  { title: "cost", number: true, weight: 9 },
];
const ID_CHARACTERS = 8;

/** Options of the command. */
export interface SessionsOptions extends FilterOptions {
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
  const { limit, offset, sort, minAcceptance } = options;
  const asked = await askServer<SessionsReport>(io, globals, options, {
    path: "/api/v1/sessions",
    question: { limit, offset, sort, min_acceptance: minAcceptance },
  });
  const print = (report: SessionsReport) => printSessions(io, globals, report, options, format);
  if (asked) {
    print(asked);
    return 0;
  }
  return await withReport(io, globals, options, async ({ db, filter, labels, coverage }) => {
    const { reportSessions } = await import("../../core/reports/sessions_report.ts");
    const query = { ...filter, limit, offset, sort, minAcceptance, labels, coverage };
    print(reportSessions(db, query));
  });
}

function printSessions(
  io: Io,
  globals: Globals,
  report: SessionsReport,
  options: SessionsOptions,
  format: Format,
): void {
  if (format === "json") return printJson(io, report);
  if (format === "csv") io.stdout.write(sessionsCsv(report));
  else if (format === "chart" && report.sessions.length > 0) {
    const lines = sessionsChart(report.sessions, options.sort, chartLook(io, globals));
    io.stdout.write(`${lines.join("\n")}\n`);
  } else {
    const rows = report.sessions.map((session) => rowOf(session, io.clock.now()));
    io.stdout.write(
      format === "markdown"
        ? markdownTable(COLUMNS, rows)
        : sessionsText(report, rows, options, io, paintFor(io, globals)),
    );
  }
  noteCoverage(io, globals, report.coverage);
}

function sessionsText(
  { sessions, total }: SessionsReport,
  rows: readonly string[][],
  options: SessionsOptions,
  io: Io,
  paint: Paint,
): string {
  if (sessions.length === 0) return noneText(options, total);
  const { offset } = options, last = offset + sessions.length;
  const untold = sessions.filter(({ unknown }) => unknown.tokens).length;
  const notes = [
    ...sessions.length < total
      ? [`showing ${offset + 1}–${last} of ${total}; -n 0 shows all`]
      : [],
    unknownNote({ sessions_without_tokens: untold, sessions: sessions.length }),
  ].filter((note) => note !== "");
  return renderTable(COLUMNS, rows, paint, io.stdout.columns()) +
    notesText(notes, paint, io.stdout.columns());
}

function noneText(options: SessionsOptions, total: number): string {
  if (total > 0) return `No session so far down: there are ${total}.\n`;
  return options.minAcceptance === undefined ? emptyText(options) : "No session matches.\n";
}

function rowOf(session: Session, now: number): string[] {
  const label = session.project_label ?? session.project_id?.slice(0, ID_CHARACTERS) ?? "–";
  const rejected = session.tool_results_by_kind?.rejected;
  return [
    session.session_id.slice(0, ID_CHARACTERS),
    label,
    session.ended_at === null ? "–" : formatAgo(Date.parse(session.ended_at), now),
    session.duration_ms === null ? "–" : formatDuration(session.duration_ms),
    formatCount(session.user_prompts),
    formatCount(session.tool_uses),
    formatCount(rejected),
    formatShare(session.acceptance.rate),
    (isOutputOpen(session) ? "≥" : "") + formatCount(toldTokens(session).output),
    costText(session),
  ];
}
