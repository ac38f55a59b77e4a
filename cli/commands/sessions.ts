/**
 * `blueplane sessions`: the sessions, the latest first.
 *
 * @module
 */

import { formatAgo, formatCount, formatDuration, formatMoney } from "../../core/format.ts";
import { reportSessions, type Session } from "../../core/reports/sessions_report.ts";
import { isOutputOpen } from "../../core/reports/totals.ts";
import type { Globals } from "../cli.ts";
import { unknownNote } from "../headlines.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import { sessionsCsv } from "../formats/report_csv.ts";
import type { Io } from "../io.ts";
import { paintFor, renderTable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

const COLUMNS = [
  { title: "session" },
  { title: "project" },
  { title: "last", number: true, weight: 8 },
  { title: "length", number: true, weight: 3 },
  { title: "prompts", number: true, weight: 5 },
  { title: "tools", number: true, weight: 6 },
  { title: "refused", number: true, weight: 4 },
  { title: "output", number: true, weight: 7 },
  { title: "cost", number: true, weight: 9 },
];
const ID_CHARACTERS = 8;
const LABEL_CHARACTERS = 22;

/** Runs the command. */
export function runSessions(
  io: Io,
  globals: Globals,
  options: FilterOptions & { limit: number; offset: number; format?: Format },
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  return withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { limit, offset } = options;
    const report = reportSessions(db, { ...filter, limit, offset, labels, coverage });
    if (format === "json") return printJson(io, report);
    const rows = report.sessions.map((session) => rowOf(session, io.clock.now()));
    const paint = paintFor(io, globals);
    if (format === "csv") io.stdout.write(sessionsCsv(report));
    else if (format === "markdown") io.stdout.write(markdownTable(COLUMNS, rows));
    else if (report.sessions.length === 0) {
      io.stdout.write(emptyText(options));
    } else {
      io.stdout.write(renderTable(COLUMNS, rows, paint, io.stdout.columns()));
      const shown = report.sessions.length, last = offset + shown;
      if (shown < report.total) {
        const part = offset === 0 ? String(last) : `${offset + 1}–${last}`;
        io.stdout.write(paint.dim(`${part} of ${report.total}; -n 0 shows all\n`));
      }
      const untold = report.sessions.filter(({ unknown }) => unknown.tokens).length;
      const note = unknownNote({ sessions_without_tokens: untold, sessions: shown });
      if (note !== "") io.stdout.write(paint.dim(`${note}\n`));
    }
    noteCoverage(io, globals, report.coverage);
  });
}

function emptyText({ platform, project, session, model, offset }: FilterOptions & {
  offset: number;
}): string {
  const asked = [platform, project, session, model].some((value) => value !== undefined);
  return asked || offset > 0 ? "No session matches.\n" : "No sessions yet.\n";
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
    (session.cost_is_lower_bound ? "≥" : "") + formatMoney(session.cost_usd),
  ];
}
