/**
 * What an export consists of: rows, each as a document and as the cells of a flat table.
 *
 * @module
 */

/** What can be exported. */
export const EXPORTS = ["sessions", "metrics", "conversations", "events"] as const;

/** One of {@linkcode EXPORTS}. */
export type ExportName = typeof EXPORTS[number];

/** What a cell may hold; null is not known. */
export type ExportCell = string | number | boolean | null;

/** A column of the flat table. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: "text" | "integer" | "number" | "flag";
  /**
   * What becomes of a text when it is made anonymous: `unit` says whose the row is, `category`
   * and `project` are kept where enough have it, of `time` the month; all other text goes.
   */
  readonly role?: "unit" | "category" | "project" | "time";
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
