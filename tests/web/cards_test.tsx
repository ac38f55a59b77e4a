/** Tests of `web/cards.tsx`: the headline numbers, and what a script needs to change them. */

import assert from "node:assert/strict";
import { flatten, type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { Cards } from "../../web/cards.tsx";
import { filledHome } from "../helpers/filled_home.ts";

Deno.test("Cards() tells of each number how it changed", async () => {
  const html = await render("24h");

  assert.match(html, /<dt>Sessions<\/dt><dd><span[^>]*>3<\/span><small>▲ 2<\/small>/);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>20.0 %<\/span><small>▲ 20.0 pt</);
  assert.match(html, /<dt>Output tokens<\/dt><dd><span[^>]*>≥340<\/span><small>▲ 40</);
});

Deno.test("Cards() tells of no change, when there is no period before", async () => {
  assert.doesNotMatch(await render("all"), /▲|▼|no change/);
});

Deno.test("Cards() tells that a number stayed, and that one fell", async () => {
  await using home = await filledHome();
  const report = reportOf(home.db, home.clock.now(), "24h");
  const change = { sessions: 0, user_prompts: -12_345 };

  const html = String(<Cards report={{ ...report, change }} />);

  assert.match(html, /<dt>Sessions<\/dt><dd><span[^>]*>3<\/span><small>no change</);
  assert.match(html, /<dt>Prompts<\/dt><dd><span[^>]*>3<\/span><small>▼ 12.3k</);
});

Deno.test("Cards() names metrics that live updates have, each once", async () => {
  await using home = await filledHome();
  const { totals, rates } = reportOf(home.db, home.clock.now(), "all");
  const html = await render("all");

  const names = [...html.matchAll(/data-metric="(\w+)"/g)].map(([, name]) => name!);

  assert.equal(names.length, 11);
  assert.deepEqual(names, [...new Set(names)]);
  assert.deepEqual(names.filter((name) => !(name in flatten(totals, rates))), []);
});

Deno.test("Cards() shows a dash, when a number is not known", async () => {
  await using home = await filledHome([]);

  const html = String(<Cards report={reportOf(home.db, home.clock.now(), "24h")} />);

  assert.match(html, /<dt>Cache hits<\/dt><dd><span[^>]*>–<\/span><small><\/small>/);
  assert.match(html, /<dt>Prompts<\/dt><dd><span[^>]*>0<\/span>/);
});

async function render(period: string): Promise<string> {
  await using home = await filledHome();
  return String(<Cards report={reportOf(home.db, home.clock.now(), period)} />);
}

function reportOf(
  db: Parameters<typeof reportMetrics>[0],
  now: number,
  period: string,
): MetricsReport {
  return reportMetrics(db, { period: rollingPeriod(period, now), now });
}
