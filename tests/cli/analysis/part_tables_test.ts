/** Tests of the tables of a session. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  fileSheet,
  modelSheet,
  sheetTable,
  toolSheet,
} from "../../../cli/analysis/part_tables.ts";
import { keptNowhere, makePrompt } from "../../helpers/events.ts";
import { LOOK, sampleReport } from "./sample_report.ts";

function cells(table: string): string[][] {
  return table.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));
}

const WIDE = { ...LOOK, columns: 120 };

Deno.test("modelSheet() shows the dearest first, and what is a lower bound", async () => {
  deepEqual(cells(sheetTable(modelSheet(await sampleReport("alpha")), WIDE)), [
    ["model", "responses", "input", "cache reads", "cache writes", "output", "cost"],
    ["claude-opus-4-5-20251101", "1", "10", "900", "90", "100", "$0.004"],
    ["claude-haiku-4-5-20251001", "1", "5", "0", "20", "≥40", "≥$0.0002"],
  ]);
});

Deno.test("modelSheet() has dashes where no tokens are kept", async () => {
  const report = await sampleReport("s1", [keptNowhere()]);
  deepEqual(cells(sheetTable(modelSheet(report), WIDE))[1], ["composer-1", "1", ..."–––––"]);
});

Deno.test("toolSheet() shows how calls ended, and says why a time is not known", async () => {
  const table = sheetTable(toolSheet(await sampleReport("alpha")), WIDE);
  deepEqual(cells(table), [
    "tool calls ok failed refused other p50 p95 added removed".split(" "),
    ["Bash", "2", "0", "1", "0", "0", "–", "–", "0", "0"],
    ["Edit", "2", "1", "0", "1", "0", "–", "–", "5", "2"],
    ["Write", "1", "1", "0", "0", "0", "–", "–", "0", "0"],
    ["–: its assistant measured no time of these calls"],
  ]);
});

Deno.test("toolSheet() explains no dash, where none has room", async () => {
  const noteAt = async (columns: number) =>
    sheetTable(toolSheet(await sampleReport("alpha")), { ...LOOK, columns }).includes("–");
  deepEqual([await noteAt(80), await noteAt(40)], [true, false]);
});

Deno.test("toolSheet() explains only dashes of times, and of rows that are shown", async () => {
  const sheet = toolSheet(await sampleReport("alpha"));
  const told = {
    ...sheet,
    rows: [["–", ..."1100"], ["Bash", ..."0000"]].map((
      row,
      i,
    ) => [...row, "0", ...i === 0 ? ["1 s", "1 s"] : ["–", "–"], "0", "0"]),
  };
  const isNoted = (rowsMax: number) =>
    sheetTable(told, { ...WIDE, rowsMax }).includes("measured");
  deepEqual([isNoted(1), isNoted(2)], [false, true]);
});

Deno.test("toolSheet() shows a part, and says of how many", async () => {
  const table = sheetTable(toolSheet(await sampleReport("alpha")), { ...LOOK, rowsMax: 2 });
  match(table, /^ Edit .*\n2 of 3\n/m);
  ok(!table.includes("Write"));
});

Deno.test("fileSheet() shows lines and verdicts by extension", async () => {
  deepEqual(cells(sheetTable(fileSheet(await sampleReport("alpha")), WIDE)), [
    ("files calls changed added removed accepted rejected modified undone auto unknown")
      .split(" "),
    ["ts", "1", "0", "5", "2", "1", "0", "0", "0", "0", "0"],
  ]);
});

Deno.test("fileSheet() and its kin say so, when there is nothing", async () => {
  const report = await sampleReport("s1", [makePrompt({ id: "p1" })]);
  equal(sheetTable(modelSheet(report), LOOK), "No model answered.\n");
  equal(sheetTable(toolSheet(report), LOOK), "No tool was called.\n");
  equal(sheetTable(fileSheet(report), LOOK), "No call named a file.\n");
});
