/** Tests of `cli/analysis/session_formats.ts`. */

import { equal, match, ok, throws } from "node:assert/strict";
import { sessionCsv, sessionMarkdown } from "../../../cli/analysis/session_formats.ts";
import { Story } from "../../helpers/story.ts";
import { sampleReport } from "./sample_report.ts";

Deno.test("sessionCsv() prints one part, turns where none is named", async () => {
  const report = await sampleReport("alpha");
  const lines = (text: string) => text.trimEnd().split("\r\n");
  match(lines(sessionCsv(report, []))[0]!, /^started_at,kind,duration_ms,/);
  equal(lines(sessionCsv(report, [])).length, 1 + report.turns.length);
  match(lines(sessionCsv(report, ["tools"]))[0]!, /^tool,uses,results\.ok,/);
  match(lines(sessionCsv(report, ["files"]))[0]!, /^extension,uses,/);
  throws(() => sessionCsv(report, ["tools", "files"]), /^UsageError: Cannot print several parts/);
});

Deno.test("sessionCsv() has its first names, where there is nothing", async () => {
  const report = await sampleReport("s1", new Story("s1").prompt().events);
  equal(sessionCsv(report, ["tools"]), "tool,uses\r\n");
  equal(sessionCsv(report, ["insights"]), "kind,title\r\n");
});

Deno.test("sessionMarkdown() prints all parts, or those that are named", async () => {
  const report = await sampleReport("alpha");
  const all = sessionMarkdown(report, []);
  for (const part of ["models", "tools", "files", "timeline", "insights"]) {
    ok(all.includes(`\n## ${part}\n\n`), part);
  }
  match(all, /^\| session \| alpha \|\n/);
  match(sessionMarkdown(report, ["tools"]), /^## tools\n\n\| tool \| calls \|/);
});
