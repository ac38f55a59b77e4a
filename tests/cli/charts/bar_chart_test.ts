/** Tests of `cli/charts/bar_chart.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { barChart } from "../../../cli/charts/bar_chart.ts";
import { visibleWidth } from "../../../cli/table.ts";
import { lookOf } from "./looks.ts";

Deno.test("barChart() draws numbers to scale, with their shares of all", () => {
  const bars = [
    { name: "opus", value: 8, isLowerBound: true },
    { name: "haiku", value: 4 },
    { name: "tiny", value: 0.001 },
    { name: "nothing", value: 0 },
    { name: "unknown", value: null },
  ];
  deepEqual(barChart(bars, "usd", lookOf(40), 16), [
    " opus     ≥$8.00  ██████████████  50.0 %",
    " haiku     $4.00  ███████         25.0 %",
    " tiny     $0.001  ▏                0.0 %",
    " nothing   $0.00                   0.0 %",
    " unknown       –",
  ]);
});

Deno.test("barChart() draws shares of all there is, and says of how many", () => {
  deepEqual(barChart([{ name: "a", value: 0.5, of: 8 }], "share", lookOf(40)), [
    " a  50.0 % of 8  ███████████▌",
  ]);
});

Deno.test("barChart() keeps within its width, whatever the names", () => {
  const bars = [{ name: "長い名前".repeat(20), value: 123_456 }, { name: "x\x1b[2J", value: 1 }];
  for (const width of [40, 60, 80, 160]) {
    const lines = barChart(bars, "count", lookOf(width), 200_000);
    ok(lines.every((line) => visibleWidth(line) <= width && !line.includes("\x1b")), `${width}`);
  }
});

Deno.test("barChart() keeps names and numbers apart in 40 columns", () => {
  const models = ["claude-opus-4-5-20251101", "claude-opus-4-6", "claude-opus-4-1-20250805"];
  const bars = models.map((name, i) => ({ name, value: 1e6 * (3 - i), isLowerBound: true }));
  const lines = barChart(bars, "usd", lookOf(40), 6e6);
  ok(lines.every((line) => visibleWidth(line) <= 40), lines.join("\n"));
  equal(new Set(lines.map((line) => line.slice(0, 13))).size, 3);
});
