/**
 * A line over time, of dots finer than a cell where the terminal has such signs.
 *
 * @module
 */

import { visibleWidth } from "../table.ts";
import type { ChartLook } from "./chart_look.ts";
import { roundTop, scaleTexts, type Unit } from "./scale.ts";

const ROWS = 6;
const CELLS_MAX = 100;
/** The signs of eight dots begin here; these are the bits of the dots by row, left and right. */
const BRAILLE = 0x2800;
const DOTS = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]] as const;

/** The lines: values at equal distances, with what stands below the begin and the end. */
export function lineChart(
  values: readonly number[],
  unit: Unit,
  [from, to]: readonly [from: string, to: string],
  { paint, signs, width }: ChartLook,
): string[] {
  const top = roundTop(Math.max(0, ...values), unit);
  const texts = scaleTexts(top, unit);
  const left = Math.max(...texts.map(visibleWidth)) + 1;
  const cells = Math.min(CELLS_MAX, width - left - 1);
  const [side, tick, corner, below] = signs.axis;
  const drawn = (signs.hasDots ? brailleCells : asciiCells)(values, top, cells);
  const lines = drawn.map((text, i) => {
    const number = i === 0 ? texts[0] : i === ROWS / 2 ? texts[1] : "";
    const before = " ".repeat(left - visibleWidth(number)) + number;
    return before + (number === "" ? side : tick) + paint.green(text.trimEnd());
  });
  const gap = cells - visibleWidth(from) - visibleWidth(to);
  return [
    ...lines,
    " ".repeat(left - visibleWidth(texts[2])) + texts[2] + corner + below.repeat(cells),
    " ".repeat(left + 1) + (gap > 0 ? from + " ".repeat(gap) + to : from),
  ];
}

/** For each dot across, from which to which dot the line goes there, counted from the top. */
function spans(values: readonly number[], top: number, across: number, down: number) {
  const height = (at: number) => {
    const value = values[Math.min(values.length - 1, Math.floor(at / across * values.length))]!;
    return down - 1 - Math.round(value / top * (down - 1));
  };
  return Array.from({ length: across }, (_, at): [number, number] => {
    const here = height(at), before = height(Math.max(0, at - 1));
    return [Math.min(here, before), Math.max(here, before)];
  });
}

function brailleCells(values: readonly number[], top: number, cells: number): string[] {
  const bits = Array.from({ length: ROWS }, () => Array<number>(cells).fill(0));
  spans(values, top, cells * 2, ROWS * 4).forEach(([from, to], at) => {
    for (let y = from; y <= to; y++) {
      bits[Math.floor(y / 4)]![at >> 1]! |= DOTS[y % 4]![at & 1]!;
    }
  });
  return bits.map((row) =>
    row.map((dots) => dots === 0 ? " " : String.fromCodePoint(BRAILLE + dots)).join("")
  );
}

function asciiCells(values: readonly number[], top: number, cells: number): string[] {
  const rows = Array.from({ length: ROWS }, () => Array<string>(cells).fill(" "));
  spans(values, top, cells, ROWS).forEach(([from, to], at) => {
    for (let y = from; y <= to; y++) rows[y]![at] = "*";
  });
  return rows.map((row) => row.join(""));
}
