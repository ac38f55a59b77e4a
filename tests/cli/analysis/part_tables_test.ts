/** Tests of the tables of a session. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileTable, modelTable, toolTable } from "../../../cli/analysis/part_tables.ts";
import { keptNowhere, makePrompt } from "../../helpers/events.ts";
import { LOOK, sampleReport } from "./sample_report.ts";

function cells(table: string): string[][] {
  return table.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));
}

const WIDE = { ...LOOK, columns: 120 };

Deno.test("modelTable() shows the dearest first, and what is a lower bound", async () => {
  deepEqual(cells(modelTable(await sampleReport("alpha"), WIDE)), [
    ["model", "responses", "input", "cache reads", "cache writes", "output", "cost"],
    ["claude-opus-4-5-20251101", "1", "10", "900", "90", "100", "$0.004"],
    ["claude-haiku-4-5-20251001", "1", "5", "0", "20", "≥40", "≥$0.0002"],
  ]);
});

Deno.test("modelTable() has dashes where no tokens are kept", async () => {
  const report = await sampleReport("s1", [keptNowhere()]);
  deepEqual(cells(modelTable(report, WIDE))[1], ["composer-1", "1", ..."–––––"]);
});

Deno.test("toolTable() shows how calls ended, and says why a time is not known", async () => {
  const table = toolTable(await sampleReport("alpha"), WIDE);
  deepEqual(cells(table), [
    "tool calls ok failed refused other p50 p95 added removed".split(" "),
    ["Bash", "2", "0", "1", "0", "0", "–", "–", "0", "0"],
    ["Edit", "2", "1", "0", "1", "0", "–", "–", "5", "2"],
    ["Write", "1", "1", "0", "0", "0", "–", "–", "0", "0"],
    ["–: its assistant measured no time of these calls"],
  ]);
});

Deno.test("toolTable() shows a part, and says of how many", async () => {
  const table = toolTable(await sampleReport("alpha"), { ...LOOK, rowsMax: 2 });
  match(table, /^ Edit .*\n 2 of 3\n/m);
  ok(!table.includes("Write"));
});

Deno.test("fileTable() shows lines and verdicts by extension", async () => {
  deepEqual(cells(fileTable(await sampleReport("alpha"), WIDE)), [
    ("files calls changed added removed accepted rejected modified undone auto unknown")
      .split(" "),
    ["ts", "1", "0", "5", "2", "1", "0", "0", "0", "0", "0"],
  ]);
});

Deno.test("fileTable() and its kin say so, when there is nothing", async () => {
  const report = await sampleReport("s1", [makePrompt({ id: "p1" })]);
  equal(modelTable(report, LOOK), "No model answered.\n");
  equal(toolTable(report, LOOK), "No tool was called.\n");
  equal(fileTable(report, LOOK), "No call named a file.\n");
});
