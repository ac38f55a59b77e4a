/** Tests of `web/pages/tools/workflows.tsx`. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../../core/reports/metrics_report.ts";
import { Workflows } from "../../../../web/pages/tools/workflows.tsx";
import { NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";

Deno.test("Workflows() shows phases and workflows, and what is not known by model", async () => {
  const story = new Story().times(2, (one) => one.prompt().call("Read").call("Edit").response());
  await using home = await filledHome(story.events);
  const period = { from: undefined, to: NOON + 3_600_000 };
  const report = reportMetrics(home.db, { period, now: NOON });
  const none = { ...report.usage!, phases: {}, workflows: [] };

  assert.match(textOf(report), /explore 33.3 % 2 s 2 edit 33.3 % 2 s 2 answer 33.3 % 2 s –/);
  assert.match(textOf(report), /explore → edit 2 1 100.0 % 34–100 %, n 2 3 s/);
  assert.match(textOf({ ...report, usage: none }), /No two turns went through the same phases/);
  assert.match(textOf({ ...report, usage: null }), /Not known for a single model/);
});

function textOf(report: Parameters<typeof Workflows>[0]["report"]): string {
  return String(<Workflows report={report} />).replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}
