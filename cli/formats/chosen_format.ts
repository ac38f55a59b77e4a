/**
 * In which format a report is printed.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";

/** The formats of reports. */
export const FORMATS = ["table", "json", "csv", "markdown"] as const;

/** One of {@linkcode FORMATS}. */
export type Format = typeof FORMATS[number];

/**
 * `--format`, or what `--json` means; a table without either.
 *
 * @throws {UsageError} when they name two
 */
export function chosenFormat({ json }: Globals, format: Format | undefined): Format {
  if (json && format !== undefined && format !== "json") {
    throw new UsageError(`Cannot print ${format}: --json asks for JSON`);
  }
  return json ? "json" : format ?? "table";
}
