/**
 * Tables as Markdown, for notes and pull requests.
 *
 * @module
 */

import { printable } from "../../core/printable.ts";

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
  const rule = columns.map(({ number }) => number ? "---:" : "---");
  const head = markdownRow(columns.map(({ title }) => title)) + `| ${rule.join(" | ")} |\n`;
  return head + rows.map(markdownRow).join("");
}

/** One row of a table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(cellText).join(" | ")} |\n`;
}

/** A name may hold anything: a bar would end the cell, a link or tag would load something. */
function cellText(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim()).replace(/[\\|`*<[\]]/g, "\\$&");
}
