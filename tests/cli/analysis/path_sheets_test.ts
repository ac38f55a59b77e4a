/** Tests of `cli/analysis/path_sheets.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { pathSheets, phasesText, waitsText } from "../../../cli/analysis/path_sheets.ts";
import { Story } from "../../helpers/story.ts";
import { sampleReport } from "./sample_report.ts";

function story(): Story {
  return new Story().prompt().response().call("Read", { tookMs: 1000 }).call("Edit")
    .wait(5000).response();
}

Deno.test("pathSheets() shows what was waited for, the longest steps, and phases", async () => {
  const [waits, steps, phases] = pathSheets(await sampleReport("s1", story().events));

  deepEqual(waits!.rows, [
    ["model", "8 s", "88.9 %", "2"],
    ["Read", "1 s", "11.1 %", "1"],
  ]);
  deepEqual(steps!.rows.map(([what, took]) => [what, took]), [
    ["model", "6.0 s"],
    ["model", "2.0 s"],
    ["Read", "1.0 s"],
  ]);
  match(steps!.rows[0]![2]!, /^\d\d:\d\d$/);
  equal(steps!.note, undefined);
  deepEqual(phases!.rows, [
    ["explore", "3 s", "33.3 %", "1"],
    ["edit", "0 s", "0.0 %", "1"],
    ["answer", "6 s", "66.7 %", "–"],
  ]);
});

Deno.test("pathSheets() says where nothing is known", async () => {
  const report = {
    ...await sampleReport("s1", story().events),
    critical_path: null,
    usage: null,
  };

  const [waits, phases, ...rest] = pathSheets(report);

  equal(waits!.empty, "Nothing in it is dated.");
  deepEqual([waits!.rows, phases!.rows, rest], [[], [], []]);
});

Deno.test("waitsText() and its like name the most, and add up the rest", async () => {
  const report = await sampleReport("s1", story().events);
  const path = report.critical_path!;
  const waits = ["A", "B", "C", "D", "E", "F"].map((tool, i) => ({
    ...path.waited_for[0]!,
    what: "tool" as const,
    tool,
    ms: 60_000 - i * 10_000,
  }));

  equal(waitsText({ ...path, waited_for: waits }), "A 1 min, B 50 s, C 40 s, D 30 s, else 30 s");
  equal(phasesText(report), "answer 66.7 %, explore 33.3 %");
  equal(waitsText(null), "");
  equal(phasesText({ usage: null }), "");
});
