/** Tests of reading CSV record by record. */

import { deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { csvRecords } from "../../../cli/team/csv_records.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "é", " ") });

Deno.test("csvRecords() gives the cells that were written, however the text is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (rows, size) => {
        const text = rows.map((cells) =>
          cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(",") + "\r\n"
        ).join("");
        const chunks = text.match(new RegExp(`[^]{1,${size}}`, "gu")) ?? [];

        deepEqual([...csvRecords(chunks)], rows);
      },
    ),
    fcRuns(50),
  );
});

Deno.test("csvRecords() takes cells without quotes, and lines that end in either way", () => {
  deepEqual([...csvRecords(["a,b\r\n1,", "\n"])], [["a", "b"], ["1", ""]]);
});

for (
  const [name, text, reason] of [
    ["half a line", "a,b\n1,", /cut off/],
    ["a quote that does not end", 'a\n"b\n', /cut off/],
    ["a line that does not end", "x".repeat(2 << 20), /more than it may/],
    ["endlessly many cells", ",".repeat(5000), /more than it may/],
  ] as const
) {
  Deno.test(`csvRecords() refuses ${name}`, () => {
    throws(() => [...csvRecords([text])], reason);
  });
}
