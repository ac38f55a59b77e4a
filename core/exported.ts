/**
 * What an export consists of: rows, each as a document and as the cells of a flat table.
 *
 * @module
 */

/** What can be exported. */
export const EXPORTS = ["sessions", "metrics", "conversations", "events"] as const;

/** One of {@linkcode EXPORTS}. */
export type ExportName = typeof EXPORTS[number];

/** The formats of exports. */
export const EXPORT_FORMATS = ["json", "jsonl", "csv", "markdown", "parquet"] as const;

/** One of {@linkcode EXPORT_FORMATS}. */
export type ExportFormat = typeof EXPORT_FORMATS[number];

/** What an anonymous export says of its projects. */
export const ANONYMOUS_PROJECTS = "keyed hash of this export alone";

/** What a cell may hold; null is not known. */
export type ExportCell = string | number | boolean | null;

/** A column of the flat table. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: "text" | "integer" | "number" | "flag";
  /**
   * What becomes of a text when it is made anonymous: `unit` says whose the row is, `category`
   * and `project` are kept where enough have it, of `time` the month, and of `day`, whose the row
   * is; all other text goes.
   */
  readonly role?: "unit" | "category" | "project" | "time" | "day";
}

/** One row; names of projects are in none. */
export interface ExportRow {
  /** For JSON: all that is known. */
  readonly document: Readonly<Record<string, unknown>>;
  /** For tables: in the order of the columns. */
  readonly cells: readonly ExportCell[];
}

/** Rows that are made while they are asked for. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly rows: Iterable<ExportRow>;
}

/** What tells of a session beside its numbers, in a table. */
export const SESSION_TEXTS = [
  "session_id",
  "platform",
  "project_id",
  "started_at",
  "ended_at",
  "models",
  "versions",
  "modes",
  "forked_from",
] as const;

/** A text of a session, as a cell holds it: lists are joined by spaces. */
export function textOf(value: string | readonly string[] | null): string | null {
  return typeof value === "string" || value === null ? value : value.join(" ");
}
