/** Tests of `cli/group_sheet.ts`: a row for each group, and what all come to. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { groupSheet, keyText } from "../../cli/group_sheet.ts";
import type { GroupBy } from "../../core/reports/groups.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome, HAIKU } from "../helpers/filled_home.ts";

const NOW = NOON + 3_600_000;

async function sheetOf(groupBy: GroupBy, model?: string) {
  await using home = await filledHome();
  const query = { period: rollingPeriod("all", NOW), now: NOW, groupBy, model };
  return groupSheet(reportMetrics(home.db, query), groupBy, { period: "all time" });
}

Deno.test("groupSheet() leaves out what no group tells, and says so", async () => {
  const { columns, notes, caption } = await sheetOf("tool");
  equal(caption, "by tool, all time");
  deepEqual(columns.map(({ title }) => title), [
    "tool",
    "sessions",
    "tool calls",
    "failed",
    "refused",
    "accepted",
    "lines",
  ]);
  equal(
    notes[0],
    "not known by tool: cost, prompts, responses, input, cache reads, cache writes, output",
  );
});

Deno.test("groupSheet() adds up many groups below them, and not a single one", async () => {
  const { rows, total, columns } = await sheetOf("project");
  const place = columns.findIndex(({ title }) => title === "prompts");
  const sum = rows.reduce((all, row) => all + Number(row[place]), 0);
  equal(total![0], "all");
  equal(Number(total![place]), sum);
  ok(rows.every((row) => row.length === columns.length));
  equal((await sheetOf("model", HAIKU)).total, undefined);
});

Deno.test("keyText() writes weekdays and hours out", () => {
  equal(keyText("1", "weekday"), "Monday");
  equal(keyText("7", "weekday"), "Sunday");
  equal(keyText("2026-11-24T09", "hour"), "2026-11-24 09:00");
  equal(keyText("Edit", "tool"), "Edit");
});
