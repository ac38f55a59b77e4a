/**
 * The audit as a person reads it: every column with an example, what was looked at, the verdict.
 *
 * @module
 */

import type { AuditedColumn, AuditFinding } from "../../core/privacy_audit.ts";
import { formatBytes, formatCount, formatCounted } from "../../core/format.ts";
import type { Globals } from "../cli.ts";
import type { AuditReport } from "../commands/privacy_audit.ts";
import { markdownTable } from "../formats/markdown.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";

const PLACES_MAX = 40;
const WHAT: Readonly<Record<AuditFinding["kind"], string>> = {
  path: "looks like a path",
  e_mail: "looks like a mail address",
  secret: "looks like a key or a token",
  free_text: "looks like a sentence",
  own_words: "stands in an assistant's files, too",
  looked_for: "is what you looked for",
  unsafe_value: "is not what its column may hold",
  unknown_column: "is a column that nobody declared safe",
};

/** All of it; with --quiet the verdict alone. */
export function auditText(report: AuditReport, io: Io, globals: Globals): string {
  const paint = paintFor(io, globals), width = io.stdout.columns();
  const verdict = verdictLines(report, paint, width);
  if (globals.quiet) return `${verdict.join("\n")}\n`;
  const parts = [
    ...tablesOf(report.columns).map(([table, columns]) =>
      `${paint.bold(table)}\n${columnsTable(columns, paint, width)}`
    ),
    `${paint.bold("Every byte of")}\n${placesTable(report, paint, width)}`,
    `${verdict.join("\n")}\n`,
  ];
  return parts.join("\n");
}

/** Every column and the verdict, for a note or a report of a fault. */
export function auditMarkdown(report: AuditReport, io: Io, globals: Globals): string {
  const titles = ["table", "column", "example", "why it is safe"].map((title) => ({ title }));
  const rows = report.columns.map(({ table, column, example, why }) => [
    table,
    column,
    example ?? "–",
    why ?? "nobody said",
  ]);
  const verdict = verdictLines(report, paintFor(io, { ...globals, color: false })).join("\n");
  return `${markdownTable(titles, rows)}\n${verdict}\n`;
}

function tablesOf(columns: readonly AuditedColumn[]): [string, AuditedColumn[]][] {
  return Object.entries(Object.groupBy(columns, ({ table }) => table)) as [
    string,
    AuditedColumn[],
  ][];
}

function columnsTable(columns: readonly AuditedColumn[], paint: Paint, width: number): string {
  const titles = [
    { title: "column" },
    { title: "example", weight: 1 },
    { title: "why it is safe", cuts: true },
  ];
  const rows = columns.map(({ column, example, why }) => [
    column,
    example ?? "–",
    why ?? paint.red("nobody said"),
  ]);
  return renderTable(titles, rows, paint, width);
}

function placesTable(report: AuditReport, paint: Paint, width: number): string {
  const titles = [{ title: "place" }, { title: "bytes", number: true }, { title: "" }];
  const shown = report.places.slice(0, PLACES_MAX);
  const rows = [
    ...shown.map(({ place, bytes }) => [place, formatBytes(bytes), ""]),
    ...report.not_looked_at.map(({ place, why }) => [place, "–", `not looked at: ${why}`]),
  ];
  const more = report.places.length - shown.length;
  const table = renderTable(titles, rows, paint, width);
  return more > 0 ? `${table}${paint.dim(`and ${more} more: --json shows all`)}\n` : table;
}

function verdictLines(
  { clean, findings, places, events, looked_for: wanted }: AuditReport,
  paint: Paint,
  width = Infinity,
): string[] {
  const bytes = places.reduce((sum, place) => sum + place.bytes, 0);
  const looked = wrapText(
    `Looked at ${formatBytes(bytes)} in ${formatCounted(places.length, "place")}, ` +
      `${formatCounted(events, "event")} among them, for paths, mail addresses, keys, ` +
      `sentences and ${formatCounted(wanted.own_words, "piece")} of what stands in ` +
      `${formatCounted(wanted.own_files, "file")} of your assistants` +
      (wanted.texts > 0 ? `, and ${formatCounted(wanted.texts, "text")} of yours.` : "."),
    width,
  );
  if (clean) return [...looked, paint.green("✓ Nothing private is stored.")];
  const advice =
    "Please report this: it is a fault of blueplane, unless you put it there yourself.";
  return [
    ...looked,
    ...findings.map(({ place, kind, count }) =>
      paint.red(`✗ ${place}: ${WHAT[kind]}${count > 1 ? ` (${formatCount(count)} times)` : ""}`)
    ),
    ...wrapText(advice, width),
  ];
}
