/**
 * In which format a report is printed.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";

/** The formats of reports that are lists. */
export const LIST_FORMATS = ["table", "json", "csv", "markdown"] as const;

/** The formats of reports that can be drawn. */
export const FORMATS = ["table", "json", "chart", "csv", "markdown"] as const;

/** One of {@linkcode LIST_FORMATS}. */
export type ListFormat = typeof LIST_FORMATS[number];

/** One of {@linkcode FORMATS}. */
export type Format = typeof FORMATS[number];

/**
 * `--format`, or what `--json` means; a table without either.
 *
 * @throws {UsageError} when they name two
 */
export function chosenFormat<Name extends Format>(
  { json }: Globals,
  format: Name | undefined,
): Name | "json" | "table" {
  if (json && format !== undefined && format !== "json") {
    throw new UsageError(`Cannot print ${format}: --json asks for JSON`);
  }
  return json ? "json" : format ?? "table";
}
