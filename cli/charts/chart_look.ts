/**
 * What charts are drawn with: block and braille signs, or ASCII where a terminal has no others.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor } from "../table.ts";
import { isPlain } from "../terminal_kind.ts";

/** Signs of charts. */
export interface ChartSigns {
  /** Columns from nothing to a full cell, in eighths. */
  readonly columns: readonly string[];
  /** Bars from nothing to a full cell, in eighths. */
  readonly bars: readonly string[];
  /** From nothing to the most. */
  readonly shades: readonly [string, string, string, string, string];
  /** The axis on the left, where a number stands beside it, its corner, and that below. */
  readonly axis: readonly [left: string, tick: string, corner: string, below: string];
  /** Whether there are signs of eight dots. */
  readonly hasDots: boolean;
}

/** How charts are drawn. */
export interface ChartLook {
  readonly paint: Paint;
  readonly signs: ChartSigns;
  /** As wide as all is at most. */
  readonly width: number;
}

const BLOCKS: ChartSigns = {
  columns: [..." ▁▂▃▄▅▆▇█"],
  bars: [..." ▏▎▍▌▋▊▉█"],
  shades: ["·", "░", "▒", "▓", "█"],
  axis: ["│", "┤", "└", "─"],
  hasDots: true,
};
const ASCII: ChartSigns = {
  columns: [..." ...:::|#"],
  bars: [..." ---===##"],
  shades: [".", "-", "+", "*", "#"],
  axis: ["|", "+", "+", "-"],
  hasDots: false,
};
/** What a value is shown as that is not known. */
export const NOT_KNOWN = "?";
const WIDTH_MIN = 40;

/** How charts are drawn on this terminal. */
export function chartLook(io: Io, globals: Globals): ChartLook {
  return {
    paint: paintFor(io, globals),
    signs: isPlain(io) ? ASCII : BLOCKS,
    width: Math.max(WIDTH_MIN, io.stdout.columns()),
  };
}

/** Bars of one line, from nothing to the highest. */
export function barSigns({ columns }: ChartSigns): readonly string[] {
  return columns.slice(1);
}
