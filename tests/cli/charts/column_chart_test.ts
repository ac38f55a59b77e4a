/** Tests of `cli/charts/column_chart.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { columnChart, columnsMax } from "../../../cli/charts/column_chart.ts";
import { visibleWidth } from "../../../cli/table.ts";
import { lookOf } from "./looks.ts";

function points(...values: (number | null | undefined)[]) {
  return values.map((value, i) => ({
    label: `11-${String(i + 1).padStart(2, "0")}`,
    value: value ?? null,
    isRecorded: value !== undefined,
  }));
}

Deno.test("columnChart() draws heights in eighths, beside their scale", () => {
  deepEqual(columnChart(points(0, 1, 4, 8), "count", lookOf(80)), [
    " 8┤                        ███████",
    "  │                        ███████",
    "  │                        ███████",
    "  │                        ███████",
    " 4┤                ███████ ███████",
    "  │                ███████ ███████",
    "  │                ███████ ███████",
    "  │        ███████ ███████ ███████",
    " 0└────────────────────────────────",
    "   11-01   11-02   11-03   11-04",
  ]);
});

Deno.test("columnChart() tells nothing, not known and not recorded apart", () => {
  const lines = columnChart(points(undefined, null, 0, 0.001, 100), "usd", lookOf(60));
  equal(lines.at(-3), "        │        ?               ▁▁▁▁▁▁▁ ███████");
  equal(lines.at(-2), "   $0.00└        ────────────────────────────────");
});

Deno.test("columnChart() is drawn of ASCII alone, where it must", () => {
  const lines = columnChart(points(0, 3, 8), "count", lookOf(60, { LANG: "C" }));
  // deno-lint-ignore no-control-regex -- all of ASCII
  ok(lines.every((line) => /^[\x00-\x7f]*$/.test(line)), lines.join("\n"));
});

Deno.test("columnChart() keeps within its width, and shows the last of too many", () => {
  for (const width of [40, 60, 80, 160]) {
    for (const count of [1, 7, 31, 500]) {
      const values = Array.from({ length: count }, (_, i) => i * 1e5);
      const lines = columnChart(points(...values), "tokens", lookOf(width));
      ok(lines.every((line) => visibleWidth(line) <= width), `${width} ${count}`);
      // The last is the highest.
      ok(/[▁-█]$/.test(lines[2]!) || count === 1, `${width} ${count}`);
    }
  }
  equal(columnsMax(80), 68);
});
