/**
 * `blueplane sessions`: the sessions, the latest first.
 *
 * @module
 */

import { formatAgo, formatCount, formatDuration } from "../../core/format.ts";
import { reportSessions, type Session } from "../../core/reports/sessions_report.ts";
import { isOutputOpen } from "../../core/reports/totals.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { paintFor, renderTable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

const COLUMNS = [
  { title: "session" },
  { title: "project" },
  { title: "last", number: true },
  { title: "length", number: true },
  { title: "prompts", number: true },
  { title: "tools", number: true },
  { title: "refused", number: true },
  { title: "output", number: true },
];
const ID_CHARACTERS = 8;
const LABEL_CHARACTERS = 22;

/** Runs the command. */
export function runSessions(
  io: Io,
  globals: Globals,
  options: FilterOptions & { limit: number; offset: number },
): Promise<number> {
  return withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { limit, offset } = options;
    const report = reportSessions(db, { ...filter, limit, offset, labels, coverage });
    if (globals.json) return printJson(io, report);
    const paint = paintFor(io, globals);
    if (report.sessions.length === 0) {
      io.stdout.write("No sessions yet.\n");
    } else {
      const rows = report.sessions.map((session) => rowOf(session, io.clock.now()));
      io.stdout.write(renderTable(COLUMNS, rows, paint));
      const shown = offset + report.sessions.length;
      if (shown < report.total) {
        io.stdout.write(paint.dim(`${shown} of ${report.total}; -n 0 shows all\n`));
      }
    }
    noteCoverage(io, globals, report.coverage);
  });
}

function rowOf(session: Session, now: number): string[] {
  const label = session.project_label ?? session.project_id?.slice(0, ID_CHARACTERS) ?? "–";
  const rejected = session.tool_results_by_kind?.rejected;
  return [
    session.session_id.slice(0, ID_CHARACTERS),
    label.length > LABEL_CHARACTERS ? `${label.slice(0, LABEL_CHARACTERS - 1)}…` : label,
    session.ended_at === null ? "–" : formatAgo(Date.parse(session.ended_at), now),
    session.duration_ms === null ? "–" : formatDuration(session.duration_ms),
    formatCount(session.user_prompts),
    formatCount(session.tool_uses),
    formatCount(rejected),
    (isOutputOpen(session) ? "≥" : "") + formatCount(session.tokens.output),
  ];
}
