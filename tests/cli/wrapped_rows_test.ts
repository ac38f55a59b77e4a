/** Tests of `cli/wrapped_rows.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { wrappedRows } from "../../cli/wrapped_rows.ts";

const ROWS = [
  ["edits accepted", "96.8 % of 249 (95 %: 94–98)"],
  ["a line", "≥$0.01, of 7,696; kept ≥$0.01, of 8,162"],
];

Deno.test("wrappedRows() lets a list go on in rows below, where there is no room", () => {
  deepEqual(wrappedRows(ROWS, 40), [
    ["edits accepted", "96.8 % of 249 (95 %:"],
    ["", "94–98)"],
    ["a line", "≥$0.01, of 7,696;"],
    ["", "kept ≥$0.01, of 8,162"],
  ]);
});

Deno.test("wrappedRows() leaves rows alone, where there is room", () => {
  equal(wrappedRows(ROWS, 80), ROWS);
  equal(wrappedRows(ROWS, 56), ROWS);
});

Deno.test("wrappedRows() leaves a name the more of which is cut its list", () => {
  const long = [["a name that is much longer than a table can show", "1 made, 2 kept"]];
  deepEqual(wrappedRows(long, 40), [[long[0]![0], "1 made, 2 kept"]]);
});
