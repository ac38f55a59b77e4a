/**
 * Insights as CSV and as Markdown.
 *
 * @module
 */

import type { Insight } from "../../core/reports/insights_report.ts";
import { recordsCsv } from "./csv.ts";
import { markdownTable } from "./markdown.ts";

/** Columns that are there without any row, in front. */
const FIRST = ["kind", "type", "title", "session_id", "platform", "project_id", "project_label"];
const COLUMNS = [
  { title: "insight" },
  { title: "until" },
  { title: "n", number: true },
  { title: "suggestion" },
];

/** A row for each, a column for all that any of them tells: `period.from`, `numbers.streak`. */
export function insightsCsv(insights: readonly Insight[]): string {
  return recordsCsv(FIRST, insights);
}

/** What was found, and what to do. */
export function insightsMarkdown(insights: readonly Insight[]): string {
  const rows = insights.map((
    { title, period, n, suggestion },
  ) => [title, period.to, String(n), suggestion]);
  return markdownTable(COLUMNS, rows);
}
