/** Tests of `cli/charts/fan_chart.ts`. */

import { deepEqual, ok } from "node:assert/strict";
import { type Fan, fanChart } from "../../../cli/charts/fan_chart.ts";
import { visibleWidth } from "../../../cli/table.ts";
import { lookOf } from "./looks.ts";

const FAN: Fan = {
  seen: [{ at: 0, used: 0.125 }, { at: 5, used: 0.25 }, { at: 10, used: 0.5 }],
  course: [
    { at: 10, used: 0.5, low: 0.5, high: 0.5 },
    { at: 20, used: 0.9, low: 0.6, high: 1.4 },
  ],
  from: 0,
  to: 20,
  ends: ["begin", "end"],
};

Deno.test("fanChart() draws what was seen, and the band in which the rest lies", () => {
  deepEqual(fanChart(FAN, lookOf(40, { LANG: "C" })), [
    " 100.0 %+                     ---------*",
    "        |                   ------*****-",
    "        |                 ---*****------",
    "        |                ****-----------",
    "  50.0 %+               #",
    "        |               #",
    "        |       #########",
    "        |################",
    "   0.0 %+-------------------------------",
    "         begin                       end",
  ]);
});

Deno.test("fanChart() leaves empty what was not seen and what nobody foretells", () => {
  const lines = fanChart({ ...FAN, course: [], from: -10 }, lookOf(60));
  const foot = lines[7]!.slice(lines[7]!.indexOf("│") + 1);

  ok(/^ {15,}█+$/.test(foot), foot);
});

Deno.test("fanChart() keeps within its width", () => {
  for (const width of [40, 80, 160]) {
    ok(fanChart(FAN, lookOf(width)).every((line) => visibleWidth(line) <= width));
  }
});
