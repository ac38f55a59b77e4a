/** Tests of the sections of the report of metrics as tables. */

import { deepEqual, match, ok } from "node:assert/strict";
import { sectionSheets } from "../../cli/section_sheets.ts";
import { ask, usageHome } from "../core/reports/usage_story.ts";

Deno.test("sectionSheets() shows every known number, and accounts by their names", async () => {
  await using home = await usageHome();
  const sheets = sectionSheets(ask(home).report);
  const [, context, usage, names] = sheets.map(({ rows }) => new Map(rows as [string, string][]));

  deepEqual(sheets.map(({ columns }) => columns[0]!.title), [
    "productivity",
    "context",
    "usage",
    "by name",
  ]);
  deepEqual(context!.get("requests over half"), "33.3 % of 3");
  deepEqual(usage!.get("net lines"), "30");
  match(usage!.get("peak hour")!, /^\d\d:00$/);
  match(usage!.get("peak weekday")!, /^[A-Z][a-z]+day$/);
  deepEqual(names!.get("agent Explore"), "1 response, 550 tokens, $0.004");
  deepEqual(names!.get("server mcp:0badcafe"), "1 response, 1 call, 120k tokens, $0.06");
  deepEqual(names!.get("sessions of Claude Code"), "2");
  ok(!usage!.has("trend of failures"));
});

Deno.test("sectionSheets() calls servers as the user does, where that is known", async () => {
  await using home = await usageHome();
  const sheets = sectionSheets(ask(home).report, new Map([["mcp:0badcafe", "notes"]]));
  const names = sheets.at(-1)!.rows.map(([name]) => name);

  ok(names.includes("server notes") && !names.includes("server mcp:0badcafe"));
});
