/**
 * Columns over time: a column for each step, with numbers to the left and times below.
 *
 * @module
 */

import { visibleWidth } from "../table.ts";
import { type ChartLook, NOT_KNOWN } from "./chart_look.ts";
import { roundTop, scaleTexts, type Unit } from "./scale.ts";

/** One step. */
export interface ColumnPoint {
  readonly label: string;
  /** Null where it is not known. */
  readonly value: number | null;
  /** Whether there is anything to know. */
  readonly isRecorded: boolean;
}

const ROWS = 8, EIGHTHS = 8;
const CELL_MAX = 8;
/** A blank, the axis and what stands to its left. */
const LEFT_MAX = 12;

/** So many steps have room. */
export function columnsMax(width: number): number {
  return Math.max(1, width - LEFT_MAX);
}

/** The lines; of more steps than have room the last. */
export function columnChart(
  points: readonly ColumnPoint[],
  unit: Unit,
  { paint, signs, width }: ChartLook,
): string[] {
  const shown = points.slice(-columnsMax(width));
  const top = roundTop(Math.max(0, ...shown.map(({ value }) => value ?? 0)), unit);
  const texts = scaleTexts(top, unit);
  const left = Math.max(...texts.map(visibleWidth)) + 1;
  // As wide whatever stands to the left: charts of one report lie below each other.
  const cell = Math.min(CELL_MAX, Math.max(1, Math.floor(columnsMax(width) / shown.length)));
  const bar = cell > 1 ? cell - 1 : 1;
  const [side, tick, corner, below] = signs.axis;
  const filled = shown.map(({ value }) =>
    value === null || value <= 0 ? 0 : Math.max(1, Math.round(value / top * ROWS * EIGHTHS))
  );
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const row = ROWS - 1 - i;
    const cells = shown.map(({ value, isRecorded }, at) => {
      if (row === 0 && value === null && isRecorded) return pad(NOT_KNOWN, cell);
      const level = Math.min(EIGHTHS, Math.max(0, filled[at]! - row * EIGHTHS));
      return pad(signs.columns[level]!.repeat(bar), cell);
    }).join("").trimEnd();
    const text = row === ROWS - 1 ? texts[0] : row === ROWS / 2 - 1 ? texts[1] : "";
    return beside(text, left) + (text === "" ? side : tick) + paint.green(cells);
  });
  // Where nothing was recorded the axis has a gap.
  const axis = shown.map(({ isRecorded }) => (isRecorded ? below : " ").repeat(cell)).join("");
  return [
    ...lines,
    (beside(texts[2], left) + corner + axis).trimEnd(),
    " ".repeat(left + 1) + labelLine(shown.map(({ label }) => label), cell, width - left - 1),
  ];
}

/** Labels at equal distances, as many as have room. */
function labelLine(labels: readonly string[], cell: number, width: number): string {
  const room = Math.max(...labels.map(visibleWidth)) + 2;
  const every = Math.ceil(room / cell);
  let line = "";
  labels.forEach((label, i) => {
    if (i % every === 0 && i * cell + visibleWidth(label) <= width) {
      line = line.padEnd(i * cell) + label;
    }
  });
  return line;
}

function beside(text: string, left: number): string {
  return " ".repeat(left - visibleWidth(text)) + text;
}

function pad(text: string, cell: number): string {
  return text + " ".repeat(cell - text.length);
}
