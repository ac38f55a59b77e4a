/**
 * Findings as a person reads them: a mark, a sentence, what to do, what it is about.
 *
 * @module
 */

import type { Finding, Severity } from "../../core/finding.ts";
import { printable } from "../../core/printable.ts";
import type { Drift } from "../../core/reports/format_report.ts";
import { type Paint, renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";

const WIDTH_MAX = 80;
const INDENT = 2;
const DRIFT_MAX = 10;
const MARKS: Readonly<Record<Severity, string>> = {
  ok: "✓",
  note: "·",
  warning: "!",
  error: "✗",
};

/** All findings, a line or more each, and how many are of what kind. */
export function findingsText(
  findings: readonly Finding[],
  drift: readonly Drift[],
  paint: Paint,
  columns: number,
): string {
  const width = Math.min(columns, WIDTH_MAX);
  const parts = findings.map((finding) => findingText(finding, paint, width));
  const unknown = drift.filter(({ kind }) => kind !== "line");
  if (unknown.length > 0) parts.push(driftText(unknown, paint, width));
  return `${parts.join("\n")}\n\n${summary(findings)}\n`;
}

function findingText(
  { severity, title, remedy, details = [] }: Finding,
  paint: Paint,
  width: number,
) {
  const [first, ...rest] = wrapText(printable(title), width - INDENT);
  const mark = markOf(severity, paint);
  const text = severity === "ok" ? first! : paint.bold(first!);
  const indented = (part: string, more: number, style: (text: string) => string) =>
    wrapText(printable(part), width - more).map((line) => " ".repeat(more) + style(line));
  return [
    `${mark} ${text}`,
    ...rest.map((line) => `  ${severity === "ok" ? line : paint.bold(line)}`),
    ...(remedy === undefined ? [] : indented(remedy, INDENT, (line) => line)),
    ...details.flatMap((detail) => indented(detail, 2 * INDENT, paint.dim)),
  ].join("\n");
}

function markOf(severity: Severity, paint: Paint): string {
  const mark = MARKS[severity];
  if (severity === "ok") return paint.green(mark);
  if (severity === "note") return paint.dim(mark);
  return severity === "warning" ? paint.yellow(mark) : paint.red(mark);
}

function driftText(drift: readonly Drift[], paint: Paint, width: number): string {
  const columns = [
    { title: "not known" },
    { title: "name" },
    { title: "times", number: true },
    { title: "files", number: true, weight: 1 },
  ];
  const rows = drift.slice(0, DRIFT_MAX).map((
    { kind, name, count, files },
  ) => [kind.replace("_", " "), name, String(count), String(files)]);
  const more = drift.length - rows.length;
  const table = renderTable(columns, rows, paint, width).trimEnd();
  return `\n${table}${more > 0 ? `\n and ${more} more: blueplane doctor --json` : ""}`;
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity) =>
    findings.filter((one) => one.severity === severity).length;
  const parts = ([["error", "errors"], ["warning", "warnings"], ["note", "notes"]] as const)
    .map(([one, many]) => ({ count: count(one), one, many }))
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }) => `${count} ${count === 1 ? one : many}`);
  if (parts.length === 0) return "All is well.";
  const rest = count("ok") > 0 ? "the rest is well" : "nothing else could be checked";
  return `${parts.join(", ")}; ${rest}.`;
}
