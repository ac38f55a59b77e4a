/** Tests of `cli/advice/error_lines.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { errorsCsv, errorsMarkdown, errorsText } from "../../../cli/advice/error_lines.ts";
import {
  type ErrorPatternsReport,
  reportErrorPatterns,
} from "../../../core/reports/error_patterns_report.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { PLAIN } from "../analysis/sample_report.ts";

const LOOK = { paint: PLAIN, columns: 90 };

async function report(from: number | undefined): Promise<ErrorPatternsReport> {
  await using home = await filledHome(alikeSessions().flatMap(({ events }) => events));
  return reportErrorPatterns(home.db, { period: { from, to: NOON } });
}

Deno.test("errorsText() shows how tools fail, and what to do", async () => {
  const [, row, tip, ...more] = errorsText(await report(undefined), LOOK).split("\n");

  match(row!, /^ Edit +file_not_read +7 +7 +33\.3 % +– +100\.0 % +Read whole$/);
  match(tip!, /^→ file_not_read: Ask for files to be read before they are changed/);
  deepEqual(more, ["  compaction", ""]);
});

Deno.test("errorsText() says that there is none", async () => {
  equal(errorsText(await report(NOON - 1000), LOOK), "No pattern: 0 failed calls of 0.\n");
});

Deno.test("errorsCsv() and errorsMarkdown() have a row for each pattern", async () => {
  const told = await report(undefined);

  const [, row, ...more] = errorsCsv(told).trimEnd().split("\r\n");
  match(row!, /^Edit,file_not_read,7,7,0\.333333,21,,,1,2026-02-27T/);
  deepEqual(more, []);
  match(errorsMarkdown(told), /^\| Edit \| file_not_read \| 7 \|/m);
});
