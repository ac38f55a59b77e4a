/** Tests of CSV. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { csvText } from "../../../cli/formats/csv.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const [all, quoted, plain, end] = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y.exec(
      text.slice(at),
    )!;
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    at += all.length;
    if (end === "\r\n" && at < text.length) rows.push([]);
  }
  return rows;
}

Deno.test("csvText() writes numbers raw, and nothing where nothing is known", () => {
  equal(csvText(["a", "b", "c", "d"], [[-1.5, null, true, 0]]), "a,b,c,d\r\n-1.5,,true,0\r\n");
  equal(csvText(["a"], []), "a\r\n");
});

Deno.test("csvText() quotes what would end a cell or a line", () => {
  equal(
    csvText(["a"], [['x "y", z'], ["two\r\nlines"], [" x "]]).split("a\r\n")[1],
    '"x ""y"", z"\r\n"two\r\nlines"\r\n" x "\r\n',
  );
});

Deno.test("csvText() makes no formula of a text, whatever a spreadsheet takes for one", () => {
  for (
    const text of ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x"]
  ) {
    const [, [cell]] = readCsv(csvText(["a"], [[text]])) as [string[], string[]];
    equal(cell, `'${text}`);
  }
  deepEqual(readCsv(csvText(["a"], [["a=1"], ["2-1"]])), [["a"], ["a=1"], ["2-1"]]);
});

Deno.test("csvText() can be read back, whatever its cells hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\r", "\n", " ", "é", "😀") });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      deepEqual(
        readCsv(csvText(["x", "y"], rows)).slice(1),
        rows.map((row) => row.map((text) => text.startsWith("\r") ? `'${text}` : text)),
      );
    }),
    fcRuns(),
  );
});
