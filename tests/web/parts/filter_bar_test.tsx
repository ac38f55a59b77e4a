/** Tests of `web/parts/filter_bar.tsx`: the address is its state. */

import assert from "node:assert/strict";
import type { FilterName } from "../../../web/page_address.ts";
import { FilterBar } from "../../../web/parts/filter_bar.tsx";
import type { WebContext } from "../../../web/web_context.ts";
import { filledHome, HAIKU, ONE, TWO } from "../../helpers/filled_home.ts";
import { pageRequest } from "../open_web.ts";

const ALL: readonly FilterName[] = ["period", "platform", "project", "model"];

Deno.test("FilterBar() links to every period, and keeps what else is chosen", async () => {
  const html = await render("/tools?period=7d&model=opus&offset=40");

  assert.match(html, /<a href="\/tools\?period=7d&amp;model=opus" aria-current="true">7d</);
  assert.match(html, /<a href="\/tools\?period=all&amp;model=opus">all</);
});

Deno.test("FilterBar() offers what was seen, as people call it", async () => {
  const html = await render("/");

  for (const value of ["cursor", "blueplane", "2d9ccfb70b687582", HAIKU]) {
    assert.match(html, new RegExp(`<option value="${value}">`));
  }
  assert.match(html, />2d9ccfb7<\/option>/);
  assert.match(html, /<option value="claude_code">Claude Code<\/option>/);
});

Deno.test("FilterBar() offers projects of one name together, and each of them", async () => {
  const labels = () => new Map([[ONE, "engine"], [TWO, "engine"]]);
  const html = await render("/", ALL, { labels });

  for (const value of ["engine", ...[ONE, TWO].map((id) => `engine (${id.slice(0, 4)})`)]) {
    assert.ok(html.includes(`<option value="${value}">${value}</option>`), value);
  }
});

Deno.test("FilterBar() is a form that keeps the rest of the address", async () => {
  const html = await render(`/?period=7d&by=model&project=blueplane`);

  assert.match(html, /<form method="get" action="\/"/);
  assert.match(html, /<input type="hidden" name="period" value="7d"/);
  assert.match(html, /<input type="hidden" name="by" value="model"/);
  assert.match(html, /<option value="blueplane" selected="">/);
  assert.match(html, /<a href="\/\?period=7d&amp;by=model">Show all<\/a>/);
});

Deno.test("FilterBar() keeps what was asked, also when there is no such thing", async () => {
  assert.match(await render("/?model=gone"), /<option value="gone" selected="">gone</);
});

Deno.test("FilterBar() shows two moments or one day, and the way back", async () => {
  const chip = async (moments: string) =>
    /<a class="chip" href="([^"]*)">([^<]*) </.exec(await render(`/?period=7d&${moments}`))
      ?.slice(1);

  assert.deepEqual(await chip("since=2026-02-01&until=2026-02-03"), [
    "/?period=7d",
    "from 2026-02-01 before 2026-02-03",
  ]);
  assert.deepEqual(await chip("since=2026-02-28&until=2026-03-01"), [
    "/?period=7d",
    "on 2026-02-28",
  ]);
  assert.equal((await chip("until=2026-02-03"))?.[1], "before 2026-02-03");
});

Deno.test("FilterBar() shows no more than a page has", async () => {
  assert.equal(await render("/", []), "");
  assert.doesNotMatch(await render("/", ["period"]), /<form/);
});

async function render(path: string, filters = ALL, more: Partial<WebContext> = {}) {
  await using home = await filledHome();
  const request = await pageRequest(home, path, more);
  return String(<>{FilterBar({ request, filters })}</>);
}
