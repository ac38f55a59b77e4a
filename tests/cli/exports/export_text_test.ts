/** Tests of exports as text. */

import { deepEqual, equal, match } from "node:assert/strict";
import {
  type ExportHeader,
  exportText,
  type TextFormat,
} from "../../../cli/exports/export_text.ts";
import type { ExportTable } from "../../../core/exported.ts";

const HEADER: ExportHeader = { schema: "blueplane.export/1", what: "sessions" };
const TABLE: ExportTable = {
  columns: [{ name: "id", kind: "text" }, { name: "cost_usd", kind: "number" }],
  rows: [
    { document: { id: "=1+1", cost_usd: 0.5 }, cells: ["=1+1", 0.5] },
    { document: { id: "a|b", cost_usd: null }, cells: ["a|b", null] },
  ],
};

function textOf(format: TextFormat, header = HEADER, table = TABLE): string {
  return [...exportText(format, header, table)].join("");
}

Deno.test("exportText() writes JSON with its schema first, and its rows by name", () => {
  const text = textOf("json");

  match(text, /^\{"schema":"blueplane.export\/1",/);
  deepEqual(JSON.parse(text), {
    ...HEADER,
    sessions: TABLE.rows && [...TABLE.rows].map(({ document }) => document),
  });
  deepEqual(JSON.parse(textOf("json", HEADER, { ...TABLE, rows: [] })).sessions, []);
});

Deno.test("exportText() writes a line for the header and for each row", () => {
  const lines = textOf("jsonl").trimEnd().split("\n").map((line) => JSON.parse(line));

  deepEqual(lines, [HEADER, ...[...TABLE.rows].map(({ document }) => document)]);
});

Deno.test("exportText() writes CSV in which nothing is a formula", () => {
  equal(textOf("csv"), "id,cost_usd\r\n'=1+1,0.5\r\na|b,\r\n");
});

Deno.test("exportText() says in CSV what was done, beside its first row", () => {
  const text = textOf("csv", { ...HEADER, anonymized: { k: 5 } });

  const header = '"{""schema"":""blueplane.export/1"",""what"":""sessions"",' +
    '""anonymized"":{""k"":5}}"';
  equal(text, `id,cost_usd,blueplane\r\n'=1+1,0.5,${header}\r\na|b,,\r\n`);
});

Deno.test("exportText() writes a Markdown table", () => {
  equal(
    textOf("markdown"),
    "# Blueplane: sessions\n\n- schema: blueplane.export/1\n\n" +
      "| id | cost\\_usd |\n| --- | ---: |\n| =1+1 | 0.5 |\n| a\\|b |  |\n".replace(
        "cost\\_",
        "cost_",
      ),
  );
});
