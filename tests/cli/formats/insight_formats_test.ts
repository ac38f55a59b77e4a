/** Tests of insights as CSV and Markdown, made by the real report. */

import { equal, match, ok } from "node:assert/strict";
import { insightsCsv, insightsMarkdown } from "../../../cli/formats/insight_formats.ts";
import { reportInsights } from "../../../core/reports/insights_report.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

/** A session that was compacted again and again. */
function compacted() {
  const at = (i: number) => ({ id: `c${i}`, at: NOON + i * 60_000 });
  return [
    makePrompt({ id: "p" }),
    ...[1, 2, 3, 4].map((i) => makeEvent("context_compact", at(i))),
    makePrompt({ id: "q", at: NOON + 360_000 }),
  ];
}

Deno.test("insightsCsv() gives each insight a row, and each of its numbers a column", async () => {
  await using home = await filledHome(compacted());
  const { insights } = reportInsights(home.db);
  equal(insights.length, 1);

  const [names, row, end] = insightsCsv(insights).split("\r\n");

  const cells = Object.fromEntries(
    names!.split(",").map((name, i) => [name, row!.split(",")[i]]),
  );
  equal(cells["kind"], "context.repeated_compactions");
  equal(cells["session_id"], "s1");
  equal(cells["numbers.compactions"], "4");
  equal(cells["project_label"], "");
  ok(cells["period.to"]!.endsWith("Z"));
  equal(end, "");
});

Deno.test("insightsCsv() has its first columns, where nothing was found", () => {
  match(insightsCsv([]), /^kind,type,title,session_id,.*\r\n$/);
});

Deno.test("insightsMarkdown() says what was found, and what to do", async () => {
  await using home = await filledHome(compacted());
  const { insights } = reportInsights(home.db);

  const [, , row] = insightsMarkdown(insights).split("\n");

  ok(row!.startsWith(`| ${insights[0]!.title} | `));
  ok(row!.endsWith(` | ${insights[0]!.suggestion} |`));
});
