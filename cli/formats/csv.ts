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

/**
 * A line for each record, a column for all that any of them tells, as `period.from` of an object
 * in it; `first` stands in front, and without any record, too.
 */
export function recordsCsv(first: readonly string[], records: readonly object[]): string {
  const cells = records.map((record) => new Map(cellsOf("", record)));
  const names = [...new Set([...first, ...cells.flatMap((record) => [...record.keys()])])];
  return csvText(names, cells.map((record) => names.map((name) => record.get(name) ?? null)));
}

function cellsOf(name: string, value: unknown): [string, Cell][] {
  if (typeof value !== "object" || value === null) return [[name, value as Cell]];
  const before = name === "" ? "" : `${name}.`;
  return Object.entries(value).flatMap(([key, below]) => cellsOf(before + key, below));
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  // A spreadsheet would run what begins like a formula, also behind spaces.
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
