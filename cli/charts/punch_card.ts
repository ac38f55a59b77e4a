/**
 * The hours of a week in shades: a row for each day, a cell for each hour.
 *
 * @module
 */

import type { ChartLook } from "./chart_look.ts";
import { legendLines, shadesOf } from "./shades.ts";
import type { Unit } from "./scale.ts";

const ROW_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = 24;
const LEFT = 5;
const LABEL_EVERY = 3;

/**
 * The lines.
 *
 * @param values by `1T09`, which is Monday at nine; an hour without one has nothing
 */
export function punchCard(
  values: ReadonlyMap<string, number | null>,
  unit: Unit,
  look: ChartLook,
): string[] {
  const { paint, width } = look;
  const cell = Math.min(4, Math.max(1, Math.floor((width - LEFT) / HOURS)));
  const of = (day: number, hour: number) => {
    const value = values.get(`${day + 1}T${two(hour)}`);
    // Of nothing there is no share.
    return value === undefined && unit !== "share" ? 0 : value;
  };
  const hours = Array.from({ length: HOURS }, (_, hour) => hour);
  const all = ROW_NAMES.map((_, day) => hours.map((hour) => of(day, hour)));
  const shades = shadesOf(all.flat().filter((value) => value !== undefined), unit, look);
  const rows = all.map((row, day) => {
    const cells = row.map((value) => {
      const sign = value === undefined ? " " : shades.of(value);
      // Only what is there fills its cell.
      return (value ? sign.repeat(Math.max(1, cell - 1)) : sign).padEnd(cell);
    }).join("");
    return ` ${ROW_NAMES[day]!.padEnd(LEFT - 1)}${paint.green(cells.trimEnd())}`.trimEnd();
  });
  const labels = hours.filter((hour) => hour % LABEL_EVERY === 0)
    .map((hour) => two(hour).padEnd(cell * LABEL_EVERY)).join("");
  return [" ".repeat(LEFT) + labels.trimEnd(), ...rows, ...legendLines(shades, look)];
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
