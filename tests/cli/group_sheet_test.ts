/** Tests of `cli/group_sheet.ts`: a row for each group, and what all come to. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { groupSheet } from "../../cli/group_sheet.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome, HAIKU } from "../helpers/filled_home.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";

const NOW = NOON + 3_600_000;

async function sheetOf(groupBy: GroupBy, model?: string) {
  await using home = await filledHome();
  const query = { period: rollingPeriod("all", NOW), now: NOW, groupBy, model };
  return groupSheet(reportMetrics(home.db, query), groupBy, { period: "all time" });
}

Deno.test("groupSheet() leaves out what no group tells, and says so", async () => {
  const { columns, notes, caption } = await sheetOf("extension");
  equal(caption, "by extension, all time");
  deepEqual(columns.map(({ title }) => title), [
    "extension",
    "cost",
    "sessions",
    "tool calls",
    "failed",
    "refused",
    "accepted",
    "lines",
  ]);
  equal(
    notes[0],
    "not known by extension: prompts, responses, input, cache reads, cache writes, output",
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

Deno.test("groupSheet() marks what tools cost, when that of all is a lower bound", async () => {
  const { rows, total } = await sheetOf("tool");
  const costs = rows.map((row) => row[1]!).filter((cost) => cost !== "–");

  ok(total![1]!.startsWith("≥"));
  ok(costs.length > 0 && costs.every((cost) => cost.startsWith("≥")));
});

Deno.test("groupSheet() says what share of the tokens the costs cover", async () => {
  await using home = await filledHome();
  const query = { period: rollingPeriod("all", NOW), now: NOW, groupBy: "hour" as const };
  const report = reportMetrics(home.db, query);
  const partly = { ...report, totals: { ...report.totals, cost_coverage: 0.091 } };
  const { notes, total } = groupSheet(partly, "hour", { period: "all time" });

  ok(total![1]!.startsWith("≥"));
  ok(notes.includes("cost covers 9.1 % of the tokens; the other models have no price"));
});

Deno.test("groupSheet() tells what of the cost is in no row of tools", async () => {
  const { notes, rows, total } = await sheetOf("tool");
  const usd = (text: string) => Number(/\$([\d.]+)/.exec(text)?.[1] ?? 0);
  const note = notes.find((one) => one.startsWith("in no row: "))!;

  ok(/read before calls named their response ≥\$/.test(note), note);
  const sum = rows.reduce((all, row) => all + usd(row[1]!), usd(note));
  ok(Math.abs(sum - usd(total![1]!)) < 0.01, `${sum} ${total![1]}`);
  for (const by of ["model", "hour", "project"] as const) {
    ok((await sheetOf(by)).notes.every((one) => !one.startsWith("in no row")), by);
  }
});

Deno.test("groupSheet() has the dearest first, and hours in their order", async () => {
  await using home = await filledHome();
  const query = { period: rollingPeriod("all", NOW), now: NOW };
  const namesOf = (groupBy: GroupBy) => {
    const report = reportMetrics(home.db, { ...query, groupBy });
    const costs = report.groups!.map((group, i) => ({
      ...group,
      totals: { ...group.totals, cost_usd: i === 0 ? null : i },
    }));
    const { rows } = groupSheet({ ...report, groups: costs }, groupBy, { period: "all time" });
    return rows.map(([, cost]) => cost!.replace("≥", ""));
  };

  deepEqual(namesOf("model").slice(-2), ["$1.00", "–"]);
  equal(namesOf("hour")[0], "–");
});
