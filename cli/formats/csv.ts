/**
 * Tables as CSV by RFC 4180, for programs: raw numbers, and nothing where nothing is known.
 *
 * @module
 */

/** What a cell may hold; null is not known. */
export type Cell = string | number | boolean | null;

/** The lines, with names first. */
export function csvText(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  return [names, ...rows].map(csvLine).join("");
}

/** One line. */
export function csvLine(row: readonly Cell[]): string {
  return `${row.map(cellText).join(",")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  // A spreadsheet would run what begins like a formula, also behind spaces.
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
