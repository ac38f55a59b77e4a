/** Tests of `web/pages/insights_page.tsx`. */

import assert from "node:assert/strict";
import { reportInsights } from "../../../core/reports/insights_report.ts";
import { Story } from "../../helpers/story.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { NOON } from "../../helpers/events.ts";
import { ask, webContext } from "../open_web.ts";

async function open(): Promise<FilledHome> {
  const story = new Story("stubborn", { at: NOON }).prompt()
    .times(8, (one) => one.call("Bash", { outcome: "failed" }));
  return await filledHome(story.events);
}

async function pageOf(home: FilledHome, path = "/insights") {
  const response = await ask(webContext(home), path);
  assert.equal(response.status, 200);
  return await response.text();
}

Deno.test("insightsPage() shows each finding with its numbers and the command", async () => {
  await using home = await open();
  const { insights } = reportInsights(home.db);

  const html = await pageOf(home);

  assert.ok(insights.length > 0);
  for (const { id, n, n_of } of insights) {
    const [, article] = new RegExp(`<article[^>]*finding-${id}"(.*?)</article>`).exec(html)!;
    assert.match(article!, new RegExp(`<dt>of</dt><dd>${n} ${n_of}</dd>`));
    assert.match(article!, new RegExp(`blueplane insights dismiss ${id}</code>`));
    assert.match(article!, /href="\/sessions\/stubborn/);
  }
  assert.doesNotMatch(html, / style=|<form[^>]*post/i);
});

Deno.test("insightsPage() leaves out what was dismissed, and shows it on demand", async () => {
  await using home = await open();
  const [one] = reportInsights(home.db).insights;
  const { id, severity, sessions } = one!;
  await home.pipeline.command("changeInsights", { dismiss: { id, severity, sessions } });

  const html = await pageOf(home), whole = await pageOf(home, "/insights?hidden=true");

  assert.ok(!html.includes(`finding-${id}`));
  assert.match(html, /href="\/insights\?hidden=true">Show 1 dismissed, too</);
  assert.match(whole, new RegExp(`blueplane insights restore ${id}`));
});

Deno.test("insightsPage() is of all time, unless a period or type is asked for", async () => {
  await using home = await open();
  home.clock.advance(40 * 86_400_000);
  const count = async (path: string) =>
    (await pageOf(home, path)).match(/<article/g)?.length ?? 0;

  const all = await count("/insights");
  assert.ok(all > 0);
  assert.equal(await count("/insights?period=24h"), 0);
  assert.equal(await count("/insights?type=context"), 0);
  assert.equal(await count("/insights?type=nothing&priority=nothing"), all);
  assert.equal(await count("/insights?offset=25"), 0);
  assert.match(await pageOf(home, "/insights?offset=25"), /<a href="\/insights">Go to the last/);
});
