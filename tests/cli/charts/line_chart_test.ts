/** Tests of `cli/charts/line_chart.ts`. */

import { deepEqual, ok } from "node:assert/strict";
import { lineChart } from "../../../cli/charts/line_chart.ts";
import { visibleWidth } from "../../../cli/table.ts";
import { lookOf } from "./looks.ts";

Deno.test("lineChart() draws a line without holes from the first value to the last", () => {
  const ascii = lookOf(40, { LANG: "C" });
  deepEqual(lineChart([0, 0, 4, 4, 10], "count", ["08:00", "09:00"], ascii), [
    " 10+                             *******",
    "   |                             *",
    "   |                             *",
    "  5+               ***************",
    "   |               *",
    "   |****************",
    "  0+------------------------------------",
    "    08:00                          09:00",
  ]);
});

Deno.test("lineChart() draws dots where a terminal has them", () => {
  const lines = lineChart([0, 10], "count", ["a", "b"], lookOf(40));
  ok(/^ 10┤ +⡏⠉+$/.test(lines[0]!), lines[0]);
  ok(/^ +│⣀+⡇$/.test(lines[5]!) || /^ +│⣀+⣇?$/.test(lines[5]!), lines[5]);
});

Deno.test("lineChart() keeps within its width, also where all is nothing", () => {
  for (const width of [40, 80, 160]) {
    for (const values of [[0], [0, 0], [1e12, 2e12]]) {
      const lines = lineChart(values, "tokens", ["2026-11-24 08:00", "09:00"], lookOf(width));
      ok(lines.every((line) => visibleWidth(line) <= width), `${width} ${values}`);
    }
  }
});
