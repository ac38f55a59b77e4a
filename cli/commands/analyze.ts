/**
 * `blueplane analyze`: one session in depth.
 *
 * @module
 */

import { reportSession, type SessionReport } from "../../core/reports/session_report.ts";
import { overviewLines } from "../analysis/overview_lines.ts";
import { fileTable, modelTable, type TableLook, toolTable } from "../analysis/part_tables.ts";
import { timelineText } from "../analysis/timeline_lines.ts";
import { chosenOrLast } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { fitText, type Paint, paintFor } from "../table.ts";
import { noteCoverage, printJson, withReport } from "../with_report.ts";
import { toolServers } from "../workspace.ts";

/** What of the session is shown; a summary of all where nothing is chosen. */
export interface AnalyzeOptions {
  readonly tools?: true | undefined;
  readonly files?: true | undefined;
  readonly timeline?: true | undefined;
  readonly insights?: true | undefined;
}

const PARTS = ["tools", "files", "timeline", "insights"] as const;
const SUMMARY_ROWS = 8;

/** Runs the command. */
export function runAnalyze(
  io: Io,
  globals: Globals,
  options: AnalyzeOptions,
  session: string,
): Promise<number> {
  return withReport(io, globals, {}, ({ workspace, db, labels, coverage }) => {
    const servers = toolServers(workspace);
    const report = reportSession(db, chosenOrLast(db, session), { labels, servers, coverage })!;
    if (globals.json) return printJson(io, report);
    io.stdout.write(textOf(report, options, {
      paint: paintFor(io, globals),
      columns: io.stdout.columns(),
    }));
    noteCoverage(io, globals, report.coverage);
  });
}

function textOf(
  report: SessionReport,
  options: AnalyzeOptions,
  { paint, columns }: { readonly paint: Paint; readonly columns: number },
): string {
  const chosen = PARTS.filter((part) => options[part]);
  const look: TableLook = {
    paint,
    columns,
    rowsMax: chosen.length === 0 ? SUMMARY_ROWS : undefined,
  };
  const parts = {
    tools: () => toolTable(report, look),
    files: () => fileTable(report, look),
    timeline: () => timelineText(report, look),
    // What to do is never cut.
    insights: () => insightsText(report, paint),
  };
  const overview = overviewLines(report, paint)
    .map((line) => `${fitText(line, columns)}\n`).join("");
  const shown = chosen.length === 0
    ? [modelTable(report, look), ...PARTS.map((part) => parts[part]())]
    : chosen.map((part) => parts[part]());
  return [overview, ...shown].join("\n");
}

function insightsText({ insights }: SessionReport, paint: Paint): string {
  if (insights.length === 0) return "Nothing found.\n";
  return insights.map(({ title, suggestion }) =>
    `${paint.bold(title)}\n${paint.dim(`→ ${suggestion}`)}\n`
  ).join("");
}
