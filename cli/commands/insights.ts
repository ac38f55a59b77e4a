/**
 * `blueplane insights`: what was found in sessions, and what to do about it.
 *
 * @module
 */

import type { InsightType, Severity } from "../../core/insight_rule.ts";
import { type InsightsReport, reportInsights } from "../../core/reports/insights_report.ts";
import { chosenPeriod, type PeriodOptions } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { insightsCsv, insightsMarkdown } from "../formats/insight_formats.ts";
import { insightsText } from "../insight_text.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";
import { namesInTexts, withNames } from "../tool_names.ts";
import { toolServers } from "../workspace.ts";

/** Options of the command. */
export interface InsightsOptions extends FilterOptions, Partial<PeriodOptions> {
  readonly type: InsightType | "all";
  readonly priority: Severity | "all";
  readonly hidden?: true;
  readonly limit: number;
  readonly format?: ListFormat;
}

/** Runs the command. */
export function runInsights(
  io: Io,
  globals: Globals,
  options: InsightsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const { period: name, since, until } = options;
  // Without a period, what was found counts as long as it is kept.
  const period = name === undefined && since === undefined && until === undefined
    ? undefined
    : chosenPeriod({ ...options, period: name ?? "all" }, io.clock.now());
  return withReport(io, globals, options, ({ workspace, db, filter, labels, coverage }) => {
    const { limit, hidden } = options;
    const type = options.type === "all" ? undefined : options.type;
    const severity = options.priority === "all" ? undefined : options.priority;
    const servers = toolServers(workspace);
    const query = { ...filter, period, type, severity, hidden, limit, labels, servers, coverage };
    const report = reportInsights(db, query);
    if (format === "json") return printJson(io, report);
    if (format === "csv") return void io.stdout.write(insightsCsv(report.insights));
    if (format === "markdown") return void io.stdout.write(insightsMarkdown(report.insights));
    const paint = paintFor(io, globals);
    const place = { paint, now: io.clock.now(), columns: io.stdout.columns() };
    const names = namesInTexts(workspace, report.insights.map(({ title }) => title));
    const insights = report.insights.map((one) => ({
      ...one,
      title: withNames(one.title, names),
    }));
    io.stdout.write(insights.length === 0 ? "Nothing found.\n" : insightsText(insights, place));
    const notes = globals.quiet ? [] : notesOf(report);
    if (notes.length > 0) io.stdout.write(paint.dim(`\n${notes.join("\n")}\n`));
    noteCoverage(io, globals, report.coverage);
  });
}

function notesOf({ insights, total, hidden }: InsightsReport): string[] {
  const { dismissed, muted } = hidden;
  const unseen = [
    ...(dismissed > 0 ? [`${dismissed} dismissed`] : []),
    ...(muted > 0 ? [`${muted} muted`] : []),
  ];
  return [
    ...(insights.length < total ? [`${insights.length} of ${total}; -n 0 shows all`] : []),
    ...(unseen.length > 0 ? [`${unseen.join(", ")}; --hidden shows them`] : []),
    ...(insights.length > 0
      ? ["blueplane insights dismiss ID hides one until it gets worse"]
      : []),
  ];
}
