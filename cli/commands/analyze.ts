/**
 * `blueplane analyze`: one session in depth.
 *
 * @module
 */

import { openForAudit } from "../../core/database.ts";
import { reportSession, type SessionReport } from "../../core/reports/session_report.ts";
import { compareSources } from "../../core/source_comparison.ts";
import { readStoredEvents } from "../../pipeline/stored_events.ts";
import { overviewLines } from "../analysis/overview_lines.ts";
import {
  fileSheet,
  modelSheet,
  sheetTable,
  type TableLook,
  toolSheet,
} from "../analysis/part_tables.ts";
import { pathSheets } from "../analysis/path_sheets.ts";
import { sessionCharts } from "../analysis/session_charts.ts";
import {
  SESSION_PARTS,
  sessionCsv,
  type SessionDocument,
  sessionMarkdown,
  type SessionPart,
  sourceSheets,
  SUMMARY_PARTS,
} from "../analysis/session_formats.ts";
import { timelineText } from "../analysis/timeline_lines.ts";
import { type ChartLook, chartLook } from "../charts/chart_look.ts";
import { chosenSession } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import type { Io } from "../io.ts";
import type { Paint } from "../table.ts";
import { namedSession } from "../tool_names.ts";
import { wrapBehind, wrapText } from "../wrap.ts";
import { noteCoverage, printJson, withReport } from "../with_report.ts";
import { toolServers, type Workspace } from "../workspace.ts";

/** What of the session is shown; a summary of all where nothing is chosen. */
export interface AnalyzeOptions {
  readonly tools?: true | undefined;
  readonly files?: true | undefined;
  readonly timeline?: true | undefined;
  readonly path?: true | undefined;
  readonly insights?: true | undefined;
  readonly sources?: true | undefined;
  readonly format?: Format | undefined;
}

const SUMMARY_ROWS = 8;
/** What is told beside a session can be dated a little before or behind it. */
const AROUND_MS = 3_600_000;

/** Runs the command. */
export function runAnalyze(
  io: Io,
  globals: Globals,
  options: AnalyzeOptions,
  session: string,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  return withReport(io, globals, {}, ({ workspace, db, labels, coverage }, io) => {
    const servers = toolServers(workspace);
    const told = reportSession(db, chosenSession(db, session), { labels, servers, coverage })!;
    const report = options.sources ? withSources(workspace, told) : told;
    const parts = SESSION_PARTS.filter((part) => options[part]);
    if (format === "json") return printJson(io, report);
    if (format === "csv") io.stdout.write(sessionCsv(report, parts));
    else if (format === "markdown") io.stdout.write(sessionMarkdown(report, parts));
    else {
      const look = chartLook(io, globals), columns = io.stdout.columns();
      const named = { ...report, ...namedSession(workspace, report) };
      const text = format === "chart"
        ? chartText(named, look)
        : textOf(named, parts, { ...look, columns });
      io.stdout.write(text);
    }
    noteCoverage(io, globals, report.coverage);
  });
}

/** The events themselves tell what each source saw. */
function withSources({ home }: Workspace, report: SessionReport): SessionDocument {
  const { platform, session_id: session, started_at, ended_at } = report.session;
  const at = (time: string | null, otherwise: number) =>
    time === null ? otherwise : Date.parse(time);
  const raw = openForAudit(home.database);
  try {
    const events = raw === undefined ? [] : readStoredEvents(raw, {
      platform,
      session,
      from: at(started_at, Number.MIN_SAFE_INTEGER + AROUND_MS) - AROUND_MS,
      to: at(ended_at, Number.MAX_SAFE_INTEGER - AROUND_MS) + AROUND_MS,
    });
    return { ...report, sources: compareSources(events) };
  } finally {
    raw?.close();
  }
}

function textOf(
  report: SessionDocument,
  chosen: readonly SessionPart[],
  { paint, signs, columns }: Omit<TableLook, "rowsMax">,
): string {
  const look: TableLook = {
    paint,
    signs,
    columns,
    rowsMax: chosen.length === 0 ? SUMMARY_ROWS : undefined,
  };
  const parts = {
    tools: () => sheetTable(toolSheet(report), look),
    files: () => sheetTable(fileSheet(report), look),
    timeline: () => timelineText(report, look),
    path: () => pathSheets(report).map((sheet) => sheetTable(sheet, look)).join("\n"),
    // What to do is never cut.
    insights: () => insightsText(report, look),
    sources: () => sourceSheets(report).map((sheet) => sheetTable(sheet, look)).join("\n"),
  };
  const overview = overviewText(report, paint, columns);
  const shown = chosen.length === 0
    ? [sheetTable(modelSheet(report), look), ...SUMMARY_PARTS.map((part) => parts[part]())]
    : chosen.map((part) => parts[part]());
  return [overview, ...shown].join("\n");
}

function chartText(report: SessionReport, look: ChartLook): string {
  return [overviewText(report, look.paint, look.width), ...sessionCharts(report, look)].join(
    "\n",
  ) +
    "\n";
}

function overviewText(report: SessionReport, paint: Paint, columns: number): string {
  return overviewLines(report, paint, columns).map((line) => `${line}\n`).join("");
}

function insightsText({ insights }: SessionReport, { paint, columns }: TableLook): string {
  if (insights.length === 0) return "Nothing found.\n";
  return insights.flatMap(({ title, suggestion }) => [
    ...wrapText(title, columns).map((line) => paint.bold(line)),
    ...wrapBehind(`→ ${suggestion}`, "→ ".length, columns).map((line) => paint.dim(line)),
  ]).map((line) => `${line}\n`).join("");
}
