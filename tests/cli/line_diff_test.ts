/** Tests of `cli/line_diff.ts`: what changed, with a little of what did not. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { lineDiff } from "../../cli/line_diff.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("lineDiff() shows three lines around a change", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n", after = before.replace("5\n", "five\n");

  deepEqual(lineDiff(before, after), [
    "@@ -2,7 +2,7 @@",
    " 2",
    " 3",
    " 4",
    "-5",
    "+five",
    " 6",
    " 7",
    " 8",
  ]);
});

Deno.test("lineDiff() begins a new part, where changes are far from each other", () => {
  const before = Array.from({ length: 20 }, (_, i) => String(i)).join("\n");

  const parts = lineDiff(`${before}\n`, `first\n${before}\nlast\n`).filter((line) =>
    line.startsWith("@")
  );

  deepEqual(parts, ["@@ -1,3 +1,4 @@", "@@ -18,3 +19,4 @@"]);
});

Deno.test("lineDiff() shows a whole text, when the other is empty", () => {
  deepEqual(lineDiff("", "a\r\nb\r\n"), ["@@ -0,0 +1,2 @@", "+a", "+b"]);
  deepEqual(lineDiff("a\n", ""), ["@@ -1,1 +0,0 @@", "-a"]);
  deepEqual(lineDiff("a\n", "a\n"), []);
  deepEqual(lineDiff("a\r\n", "a\n"), []);
});

Deno.test("lineDiff() shows one change of a hundred thousand lines", () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => String(i));

  const shown = lineDiff(lines.join("\n"), lines.with(50_000, "changed").join("\n"));

  deepEqual(shown.slice(4, 6), ["-50000", "+changed"]);
});

Deno.test("lineDiff() tells all lines of both texts, in their order", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const far = Array.from({ length: 40 }, () => "same");
      const all = lineDiff([...before, ...far].join("\n"), [...after, ...far].join("\n"));
      const told = (sign: string) =>
        all.filter((line) => line.startsWith(sign) || line.startsWith(" "))
          .map((line) => line.slice(1)).filter((line) => line !== "same");
      const changed = before.join() !== after.join();
      equal(all.length > 0, changed);
      // Lines far from a change are left out, in both alike.
      if (changed && before.length < 4 && after.length < 4) {
        deepEqual(told("-"), before);
        deepEqual(told("+"), after);
      }
    }),
    fcRuns(200),
  );
});
