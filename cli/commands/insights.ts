/**
 * `blueplane insights`: what was found in sessions, and what to do about it.
 *
 * @module
 */

import { formatAgo } from "../../core/format.ts";
import type { INSIGHT_TYPES } from "../../core/insight_kinds.ts";
import { type Insight, reportInsights } from "../../core/reports/insights_report.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import { insightsCsv, insightsMarkdown } from "../formats/insight_formats.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, printable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** Options of the command. */
export interface InsightsOptions extends FilterOptions {
  readonly type: typeof INSIGHT_TYPES[number] | "all";
  readonly limit: number;
  readonly format?: Format;
}

const ID_CHARACTERS = 8;

/** Runs the command. */
export function runInsights(
  io: Io,
  globals: Globals,
  options: InsightsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  return withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { limit } = options, type = options.type === "all" ? undefined : options.type;
    const report = reportInsights(db, { ...filter, type, limit, labels, coverage });
    if (format === "json") return printJson(io, report);
    if (format === "csv") return void io.stdout.write(insightsCsv(report.insights));
    if (format === "markdown") return void io.stdout.write(insightsMarkdown(report.insights));
    const paint = paintFor(io, globals), now = io.clock.now();
    const { insights, total } = report;
    io.stdout.write(insights.length === 0 ? "Nothing found.\n" : textOf(insights, paint, now));
    if (insights.length < total) {
      io.stdout.write(paint.dim(`${insights.length} of ${total}; -n 0 shows all\n`));
    }
    noteCoverage(io, globals, report.coverage);
  });
}

/** Findings of one kind stand together, with their suggestion once behind them. */
function textOf(insights: readonly Insight[], paint: Paint, now: number): string {
  return Map.groupBy(insights, ({ kind }) => kind).values().map((alike) => {
    const lines = alike.map((insight) =>
      `${paint.bold(insight.title)}\n  ${placeOf(insight, now)}\n`
    );
    return `${lines.join("")}${paint.dim(`→ ${alike[0]!.suggestion}`)}\n`;
  }).toArray().join("\n");
}

function placeOf({ session_id, project_id, project_label, n, period }: Insight, now: number) {
  const project = project_label ?? project_id?.slice(0, ID_CHARACTERS);
  return [
    `session ${session_id.slice(0, ID_CHARACTERS)}`,
    ...(project === undefined ? [] : [printable(project)]),
    formatAgo(Date.parse(period.to), now),
    `n = ${n}`,
  ].join(", ");
}
