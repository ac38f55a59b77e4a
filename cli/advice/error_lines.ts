/**
 * How tools fail as people read it, and as other programs do.
 *
 * @module
 */

import { formatCount, formatCounted, formatShare } from "../../core/format.ts";
import type {
  ErrorPattern,
  ErrorPatternsReport,
} from "../../core/reports/error_patterns_report.ts";
import { csvText } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import { renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";
import type { AdviceLook } from "./similar_lines.ts";

const COLUMNS = [
  { title: "tool", cuts: true },
  { title: "error" },
  { title: "times", number: true },
  { title: "sessions", number: true, weight: 5 },
  { title: "of calls", number: true, weight: 8 },
  { title: "before", number: true, weight: 6 },
  { title: "retried well", number: true, weight: 7 },
  { title: "then worked", weight: 4 },
];
const WIDTH_DEFAULT = 80;

/** The table, and what to do. */
export function errorsText(report: ErrorPatternsReport, { paint, columns }: AdviceLook): string {
  const { patterns, total, n, needed, failed } = report;
  if (patterns.length === 0) {
    return `No pattern: ${formatCounted(failed, "failed call")} of ${formatCount(n)}.\n`;
  }
  const width = (columns ?? WIDTH_DEFAULT) - 2;
  const tips = tipsOf(report).flatMap((tip) =>
    wrapText(tip, width - 2).map((line, i) => `${i === 0 ? "→" : " "} ${line}\n`)
  );
  const notes = [
    ...(patterns.length < total ? [`${patterns.length} of ${total}; -n 0 shows all`] : []),
    ...(report.status === "ok" ? [] : [`${n} calls are few: rates need ${needed}`]),
  ];
  return renderTable(COLUMNS, patterns.map(rowOf), paint, columns) + tips.join("") +
    notes.map((note) => paint.dim(`${note}\n`)).join("");
}

/** The table as Markdown, with what to do below. */
export function errorsMarkdown(report: ErrorPatternsReport): string {
  return markdownTable(COLUMNS, report.patterns.map(rowOf)) +
    tipsOf(report).map((tip) => `\n${tip}\n`).join("");
}

/** A row for each pattern. */
export function errorsCsv({ patterns }: ErrorPatternsReport): string {
  const names = [
    "tool",
    "error",
    "count",
    "sessions",
    "rate",
    "n",
    "rate_before",
    "n_before",
    "recovered_by_same_tool",
    "last_at",
  ];
  return csvText(
    names,
    patterns.map((pattern) => [
      pattern.tool,
      pattern.error,
      pattern.count,
      pattern.sessions,
      pattern.rate.value,
      pattern.rate.n,
      pattern.trend?.before.value ?? null,
      pattern.trend?.before.n ?? null,
      pattern.recovery.same_tool.value,
      pattern.last_at,
    ]),
  );
}

function rowOf({ tool, error, count, sessions, rate, trend, recovery }: ErrorPattern): string[] {
  const [next] = recovery.followed_by;
  const sign = trend?.difference.clear ? (trend.difference.value > 0 ? " ↑" : " ↓") : "";
  return [
    tool,
    error,
    formatCount(count),
    formatCount(sessions),
    formatShare(rate.value),
    formatShare(trend?.before.value) + sign,
    formatShare(recovery.same_tool.value),
    next === undefined ? "–" : [next.tool, next.form ?? ""].join(" ").trim(),
  ];
}

/** What to do, once for each class of error. */
function tipsOf({ patterns }: ErrorPatternsReport): string[] {
  const tips = new Map(
    patterns.flatMap(({ error, prevention }) =>
      prevention === null ? [] : [[error, prevention] as const]
    ),
  );
  return [...tips].map(([error, prevention]) => `${error}: ${prevention}`);
}
