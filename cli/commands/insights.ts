/**
 * `blueplane insights`: what was found in sessions, and what to do about it.
 *
 * @module
 */

import type { InsightType, Severity } from "../../core/insight_rule.ts";
import type { InsightsReport } from "../../core/reports/insights_report.ts";
import { askServer, periodQuestion } from "../ask_server.ts";
import { chosenPeriod, type PeriodOptions } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { insightsCsv, insightsMarkdown } from "../formats/insight_formats.ts";
import { insightsText } from "../insight_text.ts";
import { hashesIn, withNames } from "../hashed_tools.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";
import { notesText } from "../wrap.ts";

/** Options of the command. */
export interface InsightsOptions extends FilterOptions, Partial<PeriodOptions> {
  readonly type: InsightType | "all";
  readonly priority: Severity | "all";
  readonly hidden?: true;
  readonly limit: number;
  readonly format?: ListFormat;
}

/** Runs the command. */
export async function runInsights(
  io: Io,
  globals: Globals,
  options: InsightsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const { period: name, since, until, type, priority, hidden, limit } = options;
  // Without a period, what was found counts as long as it is kept.
  const named = name === undefined && since === undefined && until === undefined
    ? undefined
    : { ...options, period: name ?? "all" };
  const period = named && chosenPeriod(named, io.clock.now());
  const asked = await askServer<InsightsReport>(io, globals, options, {
    path: "/api/v1/insights",
    question: {
      ...(named && period ? periodQuestion(named, period) : {}),
      type,
      priority,
      limit,
      hidden: hidden && "true",
    },
    // What tools are called stands nowhere but in a table, and a model may be called otherwise.
    isEnough: ({ insights, total }) =>
      (total > 0 || options.model === undefined) &&
      (format !== "table" || insights.every(({ title }) => hashesIn(title).length === 0)),
  });
  if (asked) {
    printInsights(io, globals, asked, format);
    return 0;
  }
  return await withReport(io, globals, options, async (context, io) => {
    const { workspace, db, filter, labels, coverage } = context;
    const [{ reportInsights }, { namesInTexts }, { toolServers }] = await Promise.all([
      import("../../core/reports/insights_report.ts"),
      import("../tool_names.ts"),
      import("../workspace.ts"),
    ]);
    const severity = priority === "all" ? undefined : priority;
    const shown = { type: type === "all" ? undefined : type, severity, hidden, limit };
    const servers = toolServers(workspace);
    const query = { ...filter, ...shown, period, labels, servers, coverage };
    const report = reportInsights(db, query);
    // Names of tools are for the eyes of who asks: what is passed on has none.
    const titles = format === "table" ? report.insights.map(({ title }) => title) : [];
    printInsights(io, globals, report, format, namesInTexts(workspace, titles));
  });
}

function printInsights(
  io: Io,
  globals: Globals,
  report: InsightsReport,
  format: ListFormat,
  names: ReadonlyMap<string, string> = new Map(),
): void {
  if (format === "json") return printJson(io, report);
  if (format === "csv") return io.stdout.write(insightsCsv(report.insights));
  if (format === "markdown") return io.stdout.write(insightsMarkdown(report.insights));
  const paint = paintFor(io, globals);
  const place = { paint, now: io.clock.now(), columns: io.stdout.columns() };
  const insights = report.insights.map((one) => ({
    ...one,
    title: withNames(one.title, names),
  }));
  io.stdout.write(insights.length === 0 ? "Nothing found.\n" : insightsText(insights, place));
  const notes = globals.quiet ? [] : notesOf(report);
  if (notes.length > 0) io.stdout.write(`\n${notesText(notes, paint, place.columns)}`);
  noteCoverage(io, globals, report.coverage);
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
      ? [
        "blueplane insights dismiss ID hides one until it gets worse",
        "blueplane insights mute KIND hides all of a kind",
      ]
      : []),
  ];
}
