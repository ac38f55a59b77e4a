/** Tests of `cli/charts/shades.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { legendLines, shadesOf } from "../../../cli/charts/shades.ts";
import { lookOf } from "./looks.ts";

Deno.test("shadesOf() gives each quarter a shade, nothing and not known their own", () => {
  const shades = shadesOf([0, null, 1, 2, 3, 4], "count", lookOf(80));
  deepEqual([0, null, 1, 2, 3, 4].map(shades.of), ["·", "?", "░", "▒", "▓", "█"]);
  deepEqual(shades.legend, ["· 0", "░ to 1", "▒ to 2", "▓ to 3", "█ to 4", "? not known"]);
});

Deno.test("shadesOf() has no more shades than there are numbers", () => {
  const shades = shadesOf([5, 5, 5], "count", lookOf(80));
  equal(shades.of(5), "█");
  deepEqual(shades.legend, ["· 0", "█ to 5"]);
  deepEqual(shadesOf([0], "usd", lookOf(80)).legend, ["· $0.00"]);
});

Deno.test("legendLines() breaks between shades", () => {
  const values = Array.from({ length: 40 }, (_, i) => i * 1e5);
  const look = lookOf(40);
  const lines = legendLines(shadesOf(values, "usd", look), look);
  equal(lines.length, 3);
  ok(lines.every((line) => line.length <= 40 && line.startsWith(" ")));
});
