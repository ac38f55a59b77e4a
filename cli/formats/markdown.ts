/**
 * Tables as Markdown, for notes and pull requests.
 *
 * @module
 */

import { printable } from "../table.ts";

/** What a column of a table is headed with, and whether it holds numbers. */
interface Heading {
  readonly title: string;
  readonly number?: boolean;
}

/** The table, numbers to the right; what a cell holds stays text. */
export function markdownTable(
  columns: readonly Heading[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [
    columns.map(({ title }) => cellText(title)),
    columns.map(({ number }) => number ? "---:" : "---"),
    ...rows.map((row) => row.map(cellText)),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** A name may hold anything: a bar would end the cell, a link or tag would load something. */
function cellText(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim()).replace(/[\\|`*<[\]]/g, "\\$&");
}
