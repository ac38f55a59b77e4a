/** Tests of `web/pages/overview/headlines.tsx`. */

import assert from "node:assert/strict";
import { type MetricsReport, reportHeadlines } from "../../../../core/reports/metrics_report.ts";
import { flatten } from "../../../../core/reports/live_numbers.ts";
import { Headlines, UnknownNote } from "../../../../web/pages/overview/headlines.tsx";
import { stepsOf } from "../../../../web/pages/overview/usage_chart.tsx";
import { makeResponse } from "../../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("Headlines() tells of each number how it changed", async () => {
  await using home = await filledHome();
  const { html } = await render(home, "/?period=24h");

  assert.match(html, /<dt>Sessions<\/dt><dd><span[^>]*>3<\/span><small[^>]*>▲ 2<\/small>/);
  assert.match(
    html,
    /<dt>Failed tool calls<.*?>20.0 %<\/span><small class="change bad">▲ 20.0 pt</,
  );
  assert.match(html, /<dt>Output tokens<\/dt><dd><span[^>]*>≥340<\/span><small[^>]*>▲ 40</);
});

Deno.test("Headlines() tells of no change, when there is no period before", async () => {
  await using home = await filledHome();

  assert.doesNotMatch((await render(home, "/?period=all")).html, /▲|▼|no change/);
});

Deno.test("Headlines() names metrics that live updates have, each with its course", async () => {
  await using home = await filledHome();
  const { html, report } = await render(home, "/?period=24h");

  const names = [...html.matchAll(/data-metric="(\w+)"/g)].map(([, name]) => name!);

  assert.equal(names.length, 10);
  assert.deepEqual(names, [...new Set(names)]);
  assert.deepEqual(
    names.filter((name) => !(name in flatten(report.totals, report.rates))),
    [],
  );
  assert.equal(html.match(/class="sparkline"/g)?.length, 10);
});

Deno.test("UnknownNote() says of which share of the tokens the cost is known", async () => {
  const of = { session: "s", input: 100 };
  await using home = await filledHome([
    makeResponse({ ...of, id: "m1" }),
    makeResponse({ ...of, id: "m2", model: "claude-unheard-of-9" }),
  ]);
  const { report } = await render(home, "/?period=24h");

  assert.match(
    String(<UnknownNote report={report} />),
    /50 % of the tokens have a price; the cost is of those alone/,
  );
});

async function render(
  home: FilledHome,
  path: string,
): Promise<{ html: string; report: MetricsReport }> {
  const request = await pageRequest(home, path);
  const report = reportHeadlines(home.db, request.query);
  const steps = stepsOf(request);
  return { html: String(<Headlines request={request} report={report} steps={steps} />), report };
}
