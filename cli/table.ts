/**
 * Tables and colours for the terminal.
 *
 * @module
 */

import measure from "fast-string-truncated-width";
import { printable } from "../core/printable.ts";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";
import { obeysSequences } from "./terminal_kind.ts";

/** Wraps text in a colour, or does not. */
export interface Paint {
  dim(text: string): string;
  bold(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
}

/** One column: its heading, and whether it holds numbers. */
export interface Column {
  readonly title: string;
  readonly number?: boolean;
  /** Columns of small weight go first where there is little room; without weight it stays. */
  readonly weight?: number;
  /** Whether its texts are rather cut than that another column goes. */
  readonly cuts?: boolean;
  /** Paints a cell that is as wide as its column; `row` counts from 0. */
  readonly look?: (cell: string, row: number) => string;
}

/** Colours where a person looks: a terminal, unless NO_COLOR or --no-color. */
export function paintFor(io: Io, globals: Globals): Paint {
  const forced = io.env("FORCE_COLOR");
  const fits = obeysSequences(io, io.stdout) && !io.env("NO_COLOR");
  const on = (forced ? forced !== "0" : fits) && globals.color;
  const wrap = (open: number | string, close: number) => (text: string) =>
    on ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  // Where there are enough colours, such as can be read on black and on white alike.
  const [green, red, yellow] = hasManyColours(io) ? MANY : FEW;
  return {
    dim: wrap(2, 22),
    bold: wrap(1, 22),
    green: wrap(green, 39),
    red: wrap(red, 39),
    yellow: wrap(yellow, 39),
  };
}

const FEW = [32, 31, 33] as const;
const MANY = ["38;5;28", "38;5;160", "38;5;130"] as const;

function hasManyColours(io: Io): boolean {
  const named = `${io.env("TERM") ?? ""} ${io.env("COLORTERM") ?? ""}`;
  return /256|truecolor|24bit/.test(named) || io.env("WT_SESSION") !== undefined;
}

// deno-lint-ignore no-control-regex -- the codes that Paint writes
const COLOURS = /\x1b\[[\d;]+m/g;
// deno-lint-ignore no-control-regex -- the same, and any sign
const SIGNS = /\x1b\[[\d;]+m|./gsu;
/** Almost all that is shown: signs of one column each. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u22ff\u2500-\u25cf]*$/;
const WIDTH_DEFAULT = 80;
const LEFT = " ", GAP = "  ";
/** Names are cut to so much before a column goes, and all text to the least when none can go. */
const TEXT_WIDTH = 24, TEXT_WIDTH_MIN = 8;

/**
 * A table as text, numbers to the right, below them what they come to. Where there is not enough
 * room, long text is cut and columns are left out; a number is never cut.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width = WIDTH_DEFAULT,
  total?: readonly string[],
): string {
  const head = columns.map(({ title }) => title);
  const lines = [head, ...rows, ...(total ? [total] : [])].map((row) => row.map(printable));
  const widths = widthsOf(columns, lines, width);
  const fits = columns.map((column, i) =>
    column.number ? fitText : fitApart(lines.map((row) => row[i]!), widths[i]!)
  );
  const line = (row: readonly string[], look: (cell: string, column: Column) => string) => {
    let lent = 0;
    return LEFT + columns.flatMap((column, i) => {
      const room = widths[i]! - lent;
      if (widths[i] === 0) return [];
      // A long text goes on where the number beside it is short.
      const next = columns.findIndex((_, j) => j > i && widths[j]! > 0);
      const blank = column.number || !columns[next]?.number
        ? 0
        : widths[next]! - visibleWidth(row[next]!);
      lent = Math.min(blank, Math.max(0, visibleWidth(row[i]!) - room));
      return [look(aligned(row[i]!, room + lent, column.number ? undefined : fits[i]!), column)];
    }).join(GAP);
  };
  const bold = (row: readonly string[]) => line(row, (cell) => paint.bold(cell));
  const [titles = [], ...cells] = lines;
  const text = [
    bold(titles),
    ...cells.slice(0, rows.length)
      .map((row, i) => line(row, (cell, { look }) => look ? look(cell, i) : cell)),
    ...total ? [paint.dim(line(columns.map(() => ""), (cell) => "─".repeat(cell.length)))] : [],
    ...total ? [bold(cells.at(-1)!)] : [],
  ];
  return text.map((line) => `${trimmed(line)}\n`).join("");
}

/** Without blanks behind, inside of colours or not. */
function trimmed(line: string): string {
  // deno-lint-ignore no-control-regex -- the codes that Paint writes
  return line.replace(/ +((?:\x1b\[[\d;]+m)*)$/, "$1").trimEnd();
}

/** A text to the left, cut where it has to be; without a way to cut it, a number to the right. */
function aligned(cell: string, room: number, fit: typeof fitText | undefined): string {
  const text = fit ? fit(cell, room) : cell;
  const blanks = " ".repeat(Math.max(0, room - visibleWidth(text)));
  return fit ? text + blanks : blanks + text;
}

/** How names are cut to that width: those that differ at their ends alone, in the middle. */
export function fitApart(texts: readonly string[], width: number): typeof fitText {
  const names = new Set(texts);
  const shown = new Set([...names].map((text) => fitText(text, width)));
  return shown.size === names.size ? fitText : fitMiddle;
}

/** Places of the columns of a table without totals that have room. */
export function shownColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = WIDTH_DEFAULT,
): number[] {
  const lines = [columns.map(({ title }) => title), ...rows].map((row) => row.map(printable));
  return [...widthsOf(columns, lines, width).entries()].filter(([, wide]) => wide > 0)
    .map(([i]) => i);
}

/** How wide each column is, of lines as they are shown. */
function widthsOf(
  columns: readonly Column[],
  lines: readonly (readonly string[])[],
  width: number,
): number[] {
  const natural = columns.map((_, i) =>
    lines.reduce((widest, row) => Math.max(widest, visibleWidth(row[i]!)), 0)
  );
  return fittedWidths(columns, natural, width);
}

/** How wide each column is; one that is left out has no width. */
function fittedWidths(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): number[] {
  const widths = natural.map((wide, i) => columns[i]!.cuts ? Math.min(wide, TEXT_WIDTH) : wide);
  const spare = () => {
    const kept = widths.filter((wide) => wide > 0);
    const taken = kept.reduce((sum, wide) => sum + wide, LEFT.length);
    return width - taken - GAP.length * (kept.length - 1);
  };
  const lightest = columns.flatMap(({ weight }, i) => weight === undefined ? [] : [[weight, i]])
    .toSorted(([a], [b]) => a! - b!);
  for (const [, i] of lightest) {
    if (spare() >= 0) break;
    widths[i!] = 0;
  }
  // What is left over is for the texts; what is missing they give, the widest first.
  const texts = [...natural.entries()].filter(([i]) => widths[i] !== 0 && !columns[i]!.number)
    .toSorted(([i, a], [j, b]) => b - a || i - j);
  for (const [i, wide] of texts) {
    const least = Math.min(wide, TEXT_WIDTH_MIN);
    widths[i] = Math.max(least, Math.min(wide, widths[i]! + spare()));
  }
  return widths;
}

/** Columns that a line takes. */
export function visibleWidth(line: string): number {
  // To measure any sign, tables of Unicode are made first: that takes longer than all of a line.
  const text = line.includes("\x1b") ? line.replace(COLOURS, "") : line;
  return NARROW.test(text) ? text.length : measure(line).width;
}

/** The line; one that is wider than that is cut, and a sign says so. */
export function fitText(line: string, width: number): string {
  if (visibleWidth(line) <= width) return line;
  const signs = line.match(SIGNS) ?? [];
  let fits = 0;
  for (let over = signs.length; over - fits > 1;) {
    const middle = (fits + over) >> 1;
    if (visibleWidth(signs.slice(0, middle).join("")) < width) fits = middle;
    else over = middle;
  }
  // Colours end where they ended.
  const codes = signs.slice(fits).filter((sign) => sign.startsWith("\x1b"));
  return signs.slice(0, fits).join("") + (width > 0 ? "…" : "") + codes.join("");
}

/** The same of a text without colours, cut in its middle. */
export function fitMiddle(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  const signs = [...text], half = Math.floor(width / 2);
  let end = "";
  while (signs.length > 0 && visibleWidth(signs.at(-1)! + end) <= half) end = signs.pop()! + end;
  return fitText(text, width - visibleWidth(end)) + end;
}
