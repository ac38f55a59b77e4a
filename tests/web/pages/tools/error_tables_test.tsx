/** Tests of `web/pages/tools/error_tables.tsx`. */

import assert from "node:assert/strict";
import { reportErrorPatterns } from "../../../../core/reports/error_patterns_report.ts";
import { reportMetrics } from "../../../../core/reports/metrics_report.ts";
import { ErrorTables } from "../../../../web/pages/tools/error_tables.tsx";
import { NOON } from "../../../helpers/events.ts";
import { filledHome, OPUS } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";
import { pageRequest } from "../../open_web.ts";

async function tablesOf(path: string) {
  const story = new Story("s", { at: NOON }).prompt()
    .times(3, (one) => one.call("Bash", { outcome: "failed", error: "timeout" }))
    .call("Edit", { outcome: "failed", error: "text_not_found" }).call("Bash");
  await using home = await filledHome(story.events);
  const { query } = await pageRequest(home, path);
  const report = reportMetrics(home.db, query);
  const errors = reportErrorPatterns(home.db, { ...query, minFrequency: 1, limit: 0 });
  return String(<ErrorTables report={report} errors={errors} nameOf={(tool) => tool} />);
}

Deno.test("ErrorTables() has classes with their share, and tools with rate and n", async () => {
  const html = await tablesOf("/tools?period=24h");

  assert.match(html, /<th scope="row">timeout<\/th>.*?>3<.*?>75.0 %</);
  assert.match(html, /<th scope="row">Bash<\/th><td>timeout<\/td>.*?75.0 %.*?n 4</);
  assert.match(html, /<summary>What causes them/);
});

Deno.test("ErrorTables() has no class, where a model failed nothing", async () => {
  const html = await tablesOf(`/tools?period=24h&model=${OPUS}`);

  assert.match(html, /No call failed in this period/);
});
