/** Tests of `cli/charts/punch_card.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { punchCard } from "../../../cli/charts/punch_card.ts";
import { lookOf } from "./looks.ts";

Deno.test("punchCard() has a row for each day, and a cell for each hour", () => {
  const values = new Map([["1T00", 1], ["2T09", 4], ["7T23", null]]);
  const lines = punchCard(values, "count", lookOf(60));
  deepEqual(lines.slice(0, 3), [
    "     00    03    06    09    12    15    18    21",
    " Mon ▓ · · · · · · · · · · · · · · · · · · · · · · ·",
    " Tue · · · · · · · · · █ · · · · · · · · · · · · · ·",
  ]);
  ok(lines[7]!.endsWith("· ?"), lines[7]);
  equal(lines[8], " · 0  ▓ to 1  █ to 4  ? not known");
});

Deno.test("punchCard() leaves hours empty that have no share", () => {
  const lines = punchCard(new Map([["1T00", 0], ["1T01", 0.5]]), "share", lookOf(60));
  equal(lines[1], " Mon · █");
  equal(lines[2], " Tue");
});

Deno.test("punchCard() keeps within its width", () => {
  for (const width of [40, 60, 80, 160]) {
    const lines = punchCard(new Map([["1T23", 3]]), "count", lookOf(width));
    ok(lines.every((line) => line.length <= width), `${width}`);
  }
});
