/**
 * Exports as JSON, JSON Lines, CSV and Markdown, in pieces of text while the rows are made.
 *
 * @module
 */

import type { ExportCell, ExportFormat, ExportTable } from "../../core/exported.ts";
import { csvLine } from "../formats/csv.ts";
import { markdownRow, markdownTable } from "../formats/markdown.ts";

/** The column of an anonymous CSV in whose first row the header stands. */
export const HEADER_COLUMN = "blueplane";

/** Those that are text. */
export type TextFormat = Exclude<ExportFormat, "parquet">;

/** What stands before the rows; `schema` comes first. */
export type ExportHeader = Readonly<Record<string, unknown>> & { readonly what: string };

/** The text of an export. */
export function* exportText(
  format: TextFormat,
  header: ExportHeader,
  table: ExportTable,
): Generator<string> {
  if (format === "json") yield* jsonText(header, table);
  else if (format === "jsonl") yield* jsonLines(header, table);
  else if (format === "csv") yield* csvLines(header, table);
  else yield* markdownLines(header, table);
}

function* jsonText(header: ExportHeader, { rows }: ExportTable): Generator<string> {
  yield `${JSON.stringify(header).slice(0, -1)},"${header.what}":[`;
  let separator = "\n";
  for (const { document } of rows) {
    yield separator + JSON.stringify(document);
    separator = ",\n";
  }
  yield "\n]}\n";
}

function* jsonLines(header: ExportHeader, { rows }: ExportTable): Generator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const { document } of rows) yield `${JSON.stringify(document)}\n`;
}

/** CSV has no place before its names: what was done to the rows stands beside the first. */
function* csvLines(header: ExportHeader, { columns, rows }: ExportTable): Generator<string> {
  const names = columns.map(({ name }) => name);
  if (header.anonymized === undefined) {
    yield csvLine(names);
    for (const { cells } of rows) yield csvLine(cells);
    return;
  }
  yield csvLine([...names, HEADER_COLUMN]);
  let told: string | null = JSON.stringify(header);
  for (const { cells } of rows) {
    yield csvLine([...cells, told]);
    told = null;
  }
}

function* markdownLines(header: ExportHeader, { columns, rows }: ExportTable): Generator<string> {
  yield `# Blueplane: ${header.what}\n\n`;
  for (const [name, value] of Object.entries(header)) {
    if (name !== "what") yield `- ${name}: ${inline(value)}\n`;
  }
  const headings = columns.map(({ name, kind }) => ({ title: name, number: kind !== "text" }));
  yield `\n${markdownTable(headings, [])}`;
  for (const { cells } of rows) yield markdownRow(cells.map(shown));
}

function shown(cell: ExportCell): string {
  return cell === null ? "" : String(cell);
}

function inline(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Object.entries(value).map(([name, part]) => `${name} ${inline(part)}`).join(", ");
}
