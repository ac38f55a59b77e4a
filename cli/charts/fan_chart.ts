/**
 * A share that only grows, and where it goes: what was seen as columns, and behind it the band in
 * which the rest lies.
 *
 * @module
 */

import { visibleWidth } from "../table.ts";
import type { ChartLook } from "./chart_look.ts";
import { scaleTexts } from "./scale.ts";

/** What is drawn; times are milliseconds, and 1 is all of it. */
export interface Fan {
  /** By time. */
  readonly seen: readonly { readonly at: number; readonly used: number }[];
  /** By time, from what was seen last on; empty where nothing is foretold. */
  readonly course: readonly {
    readonly at: number;
    readonly used: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly from: number;
  readonly to: number;
  /** What stands below the begin and the end. */
  readonly ends: readonly [from: string, to: string];
}

const ROWS = 8, EIGHTHS = 8;
const CELLS_MAX = 72;

/** The lines; what is above all of it is cut off. */
export function fanChart(fan: Fan, { paint, signs, width }: ChartLook): string[] {
  const texts = scaleTexts(1, "share"), left = Math.max(...texts.map(visibleWidth)) + 1;
  const cells = Math.min(CELLS_MAX, width - left - 1);
  const [side, tick, corner, below] = signs.axis;
  const columns = Array.from({ length: cells }, (_, i) => columnOf(fan, i, cells));
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const row = ROWS - 1 - i;
    const text = i === 0 ? texts[0] : i === ROWS / 2 ? texts[1] : "";
    const drawn = columns.map(({ used, band }) => {
      if (used !== undefined) {
        const level = Math.round(used * ROWS * EIGHTHS) - row * EIGHTHS;
        return signs.columns[Math.min(EIGHTHS, Math.max(0, level))]!;
      }
      if (band === undefined) return " ";
      const [low, value, high] = band.map((share) =>
        Math.min(ROWS - 1, Math.floor(share * ROWS))
      );
      if (row === value) return signs.shades[3];
      return row >= low! && row <= high! ? signs.shades[1] : " ";
    }).join("").trimEnd();
    const before = " ".repeat(left - visibleWidth(text)) + text;
    return before + (text === "" ? side : tick) + paint.green(drawn);
  });
  const gap = cells - visibleWidth(fan.ends[0]) - visibleWidth(fan.ends[1]);
  return [
    ...lines,
    " ".repeat(left - visibleWidth(texts[2])) + texts[2] + corner + below.repeat(cells),
    " ".repeat(left + 1) + fan.ends[0] + " ".repeat(Math.max(1, gap)) + fan.ends[1],
  ];
}

interface Column {
  /** What was seen by its end. */
  readonly used?: number;
  /** Or else where the course is then. */
  readonly band?: readonly [low: number, value: number, high: number];
}

function columnOf({ seen, course, from, to }: Fan, i: number, cells: number): Column {
  const begin = from + i / cells * (to - from), at = from + (i + 1) / cells * (to - from);
  const last = seen.at(-1);
  if (last === undefined) return {};
  if (begin <= last.at) {
    const shares = seen.filter((one) => one.at <= at).map(({ used }) => used);
    return shares.length === 0 ? {} : { used: Math.max(...shares) };
  }
  const next = course.findIndex((step) => step.at >= at);
  const b = course.at(next), a = course.at(next === 0 ? 0 : next === -1 ? -2 : next - 1);
  if (a === undefined || b === undefined) return {};
  const share = b.at > a.at ? Math.min(1, (at - a.at) / (b.at - a.at)) : 1;
  const between = (name: "low" | "used" | "high") => a[name] + share * (b[name] - a[name]);
  return { band: [between("low"), between("used"), between("high")] };
}
