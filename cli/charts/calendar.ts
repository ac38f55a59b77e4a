/**
 * A calendar of days in shades: a column for each week, a row for each day of the week.
 *
 * @module
 */

import type { ChartLook } from "./chart_look.ts";
import { legendLines, shadesOf } from "./shades.ts";
import type { Unit } from "./scale.ts";

/** One day; those given follow each other. */
export interface CalendarDay {
  /** As `2026-11-24`. */
  readonly day: string;
  readonly value: number | null;
  /** Whether there is anything to know. */
  readonly isRecorded: boolean;
}

const DAYS = 7;
const ROW_NAMES = ["Mon", "", "Wed", "", "Fri", "", "Sun"];
const LEFT = 5;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** So many days have room on any terminal of that width. */
export function calendarDaysMax(width: number): number {
  return (width - LEFT - 1) * DAYS;
}

/** The lines; of more days than have room the last. */
export function calendarChart(
  days: readonly CalendarDay[],
  unit: Unit,
  look: ChartLook,
): string[] {
  const { paint, width } = look;
  const shown = days.slice(-calendarDaysMax(width));
  const recorded = shown.filter(({ isRecorded }) => isRecorded);
  const shades = shadesOf(recorded.map(({ value }) => value), unit, look);
  const before = weekdayOf(shown[0]!.day);
  const weeks = Math.ceil((before + shown.length) / DAYS);
  const cell = LEFT + weeks * 2 <= width ? 2 : 1;
  const at = (week: number, row: number) => shown[week * DAYS + row - before];
  const rows = ROW_NAMES.map((name, row) => {
    const cells = Array.from({ length: weeks }, (_, week) => {
      const day = at(week, row);
      return (day?.isRecorded ? shades.of(day.value) : " ").padEnd(cell);
    }).join("");
    return ` ${name.padEnd(LEFT - 1)}${paint.green(cells.trimEnd())}`.trimEnd();
  });
  const months = monthLine(shown, before, cell, width - LEFT);
  return [" ".repeat(LEFT) + months, ...rows, ...legendLines(shades, look)];
}

/** Months above the weeks in which they begin, with the year where it is new. */
function monthLine(days: readonly CalendarDay[], before: number, cell: number, width: number) {
  const begins = days.flatMap(({ day }, i) =>
    i === 0 || day.endsWith("-01") ? [{ day, place: Math.floor((i + before) / DAYS) * cell }] : []
  );
  let line = "";
  // A month of which too little is left leaves its room to the next one.
  if (begins.length > 1 && begins[1]!.place <= MONTHS[0]!.length) begins.shift();
  begins.forEach(({ day, place }, i) => {
    const room = (begins[i + 1]?.place ?? width) - place;
    const [year = "", number = ""] = day.split("-");
    const month = MONTHS[Number(number) - 1]!, isNewYear = number === "01";
    const dated = i === 0 || isNewYear ? `${month} ${year}` : month;
    // Where all has no room, a year tells of its first month, too.
    const text = dated.length < room ? dated : isNewYear ? year : month;
    const isFree = line === "" || place > line.length;
    if (isFree && place + text.length <= width) line = line.padEnd(place) + text;
  });
  return line;
}

function weekdayOf(day: string): number {
  return (new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7;
}
