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
}

/** One column: its heading, and whether it holds numbers. */
export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** Colours where a person looks: a terminal, unless NO_COLOR or --no-color. */
export function paintFor(io: Io, globals: Globals): Paint {
  const forced = io.env("FORCE_COLOR");
  const wanted = forced ? forced !== "0" : io.stdout.isTerminal && !io.env("NO_COLOR");
  const on = wanted && globals.color;
  const wrap = (open: number, close: number) => (text: string) =>
    on ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return { dim: wrap(2, 22), bold: wrap(1, 22), green: wrap(32, 39), red: wrap(31, 39) };
}

/** A table as text; numbers stand to the right. */
export function renderTable(
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
