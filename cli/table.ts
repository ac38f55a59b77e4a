/**
 * Tables and colours for the terminal.
 *
 * @module
 */

import Table from "cli-table3";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";

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
}

/** Colours where a person looks: a terminal, unless NO_COLOR or --no-color. */
export function paintFor(io: Io, globals: Globals): Paint {
  const forced = io.env("FORCE_COLOR");
  const wanted = forced ? forced !== "0" : io.stdout.isTerminal && !io.env("NO_COLOR");
  const on = wanted && globals.color;
  const wrap = (open: number, close: number) => (text: string) =>
    on ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return {
    dim: wrap(2, 22),
    bold: wrap(1, 22),
    green: wrap(32, 39),
    red: wrap(31, 39),
    yellow: wrap(33, 39),
  };
}

const WIDTH_DEFAULT = 80;

/** A table as text, numbers to the right, columns left out until it fits into `width`. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width = WIDTH_DEFAULT,
): string {
  const clean = rows.map((row) => row.map(printable));
  let kept = columns.map((_, i) => i);
  for (;;) {
    const text = draw(
      kept.map((i) => columns[i]!),
      clean.map((row) => kept.map((i) => row[i]!)),
      paint,
    );
    const widest = Math.max(...text.split("\n").map((line) => visibleWidth(line)));
    const lightest = kept.filter((i) => columns[i]!.weight !== undefined)
      .sort((a, b) => columns[a]!.weight! - columns[b]!.weight!)[0];
    if (widest <= width || lightest === undefined) return text;
    kept = kept.filter((i) => i !== lightest);
  }
}

// deno-lint-ignore no-control-regex -- the codes that Paint writes take no column
const SIGNS = /(\x1b\[\d+m)|./gsu;

/** Columns that a line takes. */
export function visibleWidth(line: string): number {
  return line.matchAll(SIGNS).reduce((sum, [, code]) => sum + Number(code === undefined), 0);
}

/** The line; one that is wider than that is cut, and a sign says so. */
export function fitText(line: string, width: number): string {
  if (visibleWidth(line) <= width) return line;
  let column = 0;
  return line.replace(SIGNS, (sign, code) => {
    if (code !== undefined) return code;
    column++;
    return column < width ? sign : column === width ? "…" : "";
  });
}

/** A name may hold anything; what a terminal would obey is shown as a sign. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

function draw(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const table = new Table({
    head: columns.map(({ title }) => paint.bold(title)),
    colAligns: columns.map(({ number }) => number ? "right" : "left"),
    style: { head: [], border: [], compact: true },
    chars: {
      "top": "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      "bottom": "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      "left": "",
      "left-mid": "",
      "mid": "",
      "mid-mid": "",
      "right": "",
      "right-mid": "",
      "middle": " ",
    },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n") + "\n";
}
