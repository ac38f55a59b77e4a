/**
 * A session in depth as CSV and as Markdown.
 *
 * @module
 */

import type { SessionReport } from "../../core/reports/session_report.ts";
import type { SourceComparison } from "../../core/source_comparison.ts";
import { UsageError } from "../exit.ts";
import { recordsCsv } from "../formats/csv.ts";
import { insightsMarkdown } from "../formats/insight_formats.ts";
import { markdownTable } from "../formats/markdown.ts";
import { overviewRows } from "./overview_lines.ts";
import { fileSheet, modelSheet, type PartSheet, toolSheet } from "./part_tables.ts";
import { pathSheets } from "./path_sheets.ts";
import { differenceSheet, factSheet, tokenSheet } from "./source_sheets.ts";
import { timelineSheet } from "./timeline_lines.ts";

/** What of a session can be shown by itself. */
export const SESSION_PARTS = [
  "tools",
  "files",
  "timeline",
  "path",
  "insights",
  "sources",
] as const;

/** What is shown of a session where nothing is chosen. */
export const SUMMARY_PARTS = ["tools", "files", "timeline", "insights"] as const;

/** The report, with what each source saw where that was asked for. */
export interface SessionDocument extends SessionReport {
  readonly sources?: SourceComparison;
}

/** One of {@linkcode SESSION_PARTS}. */
export type SessionPart = typeof SESSION_PARTS[number];

/** For CSV: the list of a part, and columns that are there without any row. */
const LISTS = {
  tools: ({ tools }: SessionReport) => [["tool", "uses"], tools],
  files: ({ files }: SessionReport) => [["extension", "uses"], files],
  timeline: ({ turns }: SessionReport) => [["started_at", "kind"], turns],
  path: ({ critical_path: path }: SessionReport) => [["what", "tool"], path?.waited_for ?? []],
  insights: ({ insights }: SessionReport) => [["kind", "title"], insights],
  sources: ({ sources }: SessionDocument) => [["fact"], sources?.facts ?? []],
} satisfies Record<SessionPart, (report: SessionDocument) => [string[], readonly object[]]>;

/**
 * The rows of one part, by default its turns, under the names that they have in JSON.
 *
 * @throws {UsageError} for several parts, whose rows are not of one kind
 */
export function sessionCsv(report: SessionDocument, parts: readonly SessionPart[]): string {
  if (parts.length > 1) {
    throw new UsageError("Cannot print several parts as csv: a file of it holds one table");
  }
  const [first, records] = LISTS[parts[0] ?? "timeline"](report);
  return recordsCsv(first, records);
}

/** The parts below headings, by default all of it. */
export function sessionMarkdown(report: SessionDocument, parts: readonly SessionPart[]): string {
  const tables: Readonly<Record<SessionPart, () => string>> = {
    tools: () => sheetMarkdown(toolSheet(report)),
    files: () => sheetMarkdown(fileSheet(report)),
    timeline: () => sheetMarkdown(timelineSheet(report)),
    path: () => pathSheets(report).map((sheet) => sheetMarkdown(sheet)).join("\n"),
    insights: () =>
      report.insights.length === 0 ? "Nothing found.\n" : insightsMarkdown(report.insights),
    sources: () => sourceSheets(report).map((sheet) => sheetMarkdown(sheet)).join("\n"),
  };
  const shown = parts.length === 0 ? SUMMARY_PARTS : parts;
  const summary = markdownTable([{ title: "session" }, { title: report.session.session_id }], [
    ["project", report.session.project_label ?? report.session.project_id ?? "–"],
    ...overviewRows(report),
  ]);
  const all = [
    ...parts.length > 0 ? [] : [summary, `## models\n\n${sheetMarkdown(modelSheet(report))}`],
    ...shown.map((part) => `## ${part}\n\n${tables[part]()}`),
  ];
  return all.join("\n");
}

/** The tables of what each source saw; none where it was not asked for. */
export function sourceSheets({ sources, session }: SessionDocument): PartSheet[] {
  return sources
    ? [factSheet(sources, session), differenceSheet(sources), tokenSheet(sources, session)]
    : [];
}

function sheetMarkdown({ columns, rows, empty, note }: PartSheet): string {
  if (rows.length === 0) return `${empty}\n`;
  return markdownTable(columns, rows) + (note === undefined ? "" : `\n${note}\n`);
}
