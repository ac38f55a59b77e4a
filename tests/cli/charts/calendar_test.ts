/** Tests of `cli/charts/calendar.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import {
  calendarChart,
  type CalendarDay,
  calendarDaysMax,
} from "../../../cli/charts/calendar.ts";
import { lookOf } from "./looks.ts";

function days(from: string, ...values: (number | null | undefined)[]): CalendarDay[] {
  return values.map((value, i) => ({
    day: new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
    value: value ?? null,
    isRecorded: value !== undefined,
  }));
}

Deno.test("calendarChart() has a row for each day of the week, a column for each week", () => {
  // A Friday.
  deepEqual(
    calendarChart(days("2026-10-30", undefined, 1, 0, 2, null), "count", lookOf(60)),
    [
      "     Nov 2026",
      " Mon   █",
      "       ?",
      " Wed",
      "",
      " Fri",
      "     ▓",
      " Sun ·",
      " · 0  ▓ to 1  █ to 2  ? not known",
    ],
  );
});

Deno.test("calendarChart() leaves out a month that ends in the first week", () => {
  const [months] = calendarChart(days("2026-11-28", ...Array(31).fill(1)), "count", lookOf(60));
  equal(months, "       Dec 2026");
});

Deno.test("calendarChart() names months above their first week, and shows the last days", () => {
  for (const width of [40, 60, 80, 160]) {
    const values = Array.from({ length: 2000 }, (_, i) => i % 5);
    const lines = calendarChart(days("2021-01-01", ...values), "count", lookOf(width));
    ok(lines.every((line) => line.length <= width), `${width}`);
    ok(/ 20\d\d/.test(lines[0]!), lines[0]);
    equal(lines.length >= 9, true);
  }
  equal(calendarDaysMax(60), 54 * 7);
});
