/** Tests of `web/pages/tools/calls_table.tsx`. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../../core/reports/metrics_report.ts";
import { CallsTable } from "../../../../web/pages/tools/calls_table.tsx";
import { filledHome, OPUS, TWO } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

async function tableOf(path: string): Promise<string> {
  await using home = await filledHome();
  const request = await pageRequest(home, path);
  const { groups = [], totals } = reportMetrics(home.db, { ...request.query, groupBy: "tool" });
  return String(
    <CallsTable request={request} groups={groups} whole={totals} nameOf={(tool) => tool} />,
  );
}

Deno.test("CallsTable() has a row for each tool, the most called first", async () => {
  const html = await tableOf("/tools?period=all");

  const names = [...html.matchAll(/<th scope="row">([^<]*)</g)].map(([, name]) => name);
  assert.deepEqual(names.slice(0, 2).sort(), ["Bash", "Edit"]);
  assert.match(html, /<th scope="row">Edit<\/th><td class="number">3<\/td>/);
});

Deno.test("CallsTable() tells calls apart by what is asked for", async () => {
  assert.match(await tableOf("/tools?period=all&by=model"), new RegExp(`row">${OPUS}<`));
  const projects = await tableOf("/tools?period=all&by=project");
  assert.match(projects, /row">blueplane</);
  assert.match(projects, new RegExp(`row">${TWO.slice(0, 8)}<`));
  assert.match(await tableOf("/tools?by=colour"), /aria-current="true">tool</);
});

Deno.test("CallsTable() marks costs of tools, when the cost of all is a lower bound", async () => {
  assert.match(await tableOf("/tools?period=all"), /<td class="number[^"]*">≥\$/);
});
