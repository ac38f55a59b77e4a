/** Tests of `web/overview_page.tsx`: whole without a script, safe with hostile labels. */

import assert from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import { OverviewPage } from "../../web/overview_page.tsx";
import type { WebContext } from "../../web/web_context.ts";
import { keptNowhere, makePrompt } from "../helpers/events.ts";
import { openParts } from "../pipeline/open_parts.ts";
import { type FilledHome, filledHome, HAIKU, ONE } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

const HOSTILE = `<img src=x onerror="alert(1)">'&amp;</td><script>alert(2)</script>`;

Deno.test("OverviewPage() holds the numbers of the reports, without any script", async () => {
  await using home = await filledHome();

  const html = render(home, "all");

  assert.match(html, /<dt>Prompts<\/dt><dd><span[^>]*>5</);
  assert.match(html, /<dt>Tool calls<\/dt><dd><span[^>]*>9</);
  assert.match(html, /<dt>Output tokens<\/dt><dd><span[^>]*>≥1,640</);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>28.6 %</);
  assert.match(html, new RegExp(`<td>${HAIKU}</td>.*?<td class="number">2</td>`));
  assert.match(html, /<td>Edit<\/td><td class="number">3<\/td>/);
  assert.match(html, /<code title="alpha">alpha<\/code><\/td><td>blueplane<\/td>/);
  assert.match(html, /<summary>As a table<\/summary>/);
});

Deno.test("OverviewPage() marks the period it shows, and links to the others", async () => {
  await using home = await filledHome();

  const html = render(home, "7d");

  assert.deepEqual(html.match(/<a href="\/\?period=\w+"/g)?.length, 5);
  assert.deepEqual(html.match(/aria-current="page">7d</g)?.length, 1);
  assert.equal(html.match(/aria-current/g)?.length, 1);
});

Deno.test("OverviewPage() says of how many sessions no tokens are kept", async () => {
  await using home = await filledHome();
  assert.doesNotMatch(render(home, "all"), /data-section="unknown"/);

  await home.tell(keptNowhere());

  const html = render(home, "all");
  assert.match(html, /Tokens and cost are not kept in 1 of 6 sessions; they are in no sum/);
  assert.match(html, /<td>composer-1<\/td><td class="number">–<\/td><td class="number">1<\/td>/);
});

Deno.test("OverviewPage() has no style and no script of its own", async () => {
  await using home = await filledHome();

  const html = render(home, "all");

  assert.doesNotMatch(html, / style=|<style|javascript:| on[a-z]+=/i);
  assert.deepEqual(html.match(/<script[^>]*>/g), [
    '<script src="/assets/app.js" type="module">',
  ]);
  assert.deepEqual(html.match(/(?:src|href)="(?!\/)[^"]*"/g), null);
});

Deno.test("OverviewPage() shows a hostile label as the text it is", async () => {
  await using home = await filledHome();

  const html = render(home, "all", { labels: () => new Map([[ONE, HOSTILE]]) });

  assert.doesNotMatch(html, /<img|<script>/);
  assert.match(html, /&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;/);
});

Deno.test("OverviewPage() says what there is not, when nothing happened yet", async () => {
  await using home = await filledHome([]);

  const html = render(home, "24h");

  for (
    const text of [
      "Nothing in this period.",
      "No sessions yet.",
      "No tool calls in this period.",
      "No responses in this period.",
    ]
  ) assert.ok(html.includes(text), text);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>–</);
  assert.doesNotMatch(html, /NaN|undefined|null|Infinity/);
});

Deno.test("OverviewPage() says how much was read, until all of it was", async () => {
  await using home = await filledHome();

  const some = render(home, "all", { coverage: () => ({ files_done: 2, files_total: 3 }) });

  assert.match(some, /Reading: 2 of 3 files so far\./);
  assert.doesNotMatch(render(home, "all"), /Reading:/);
});

Deno.test("OverviewPage() says that a rebuild is not done, until it is", async () => {
  await using home = await filledHome();
  using parts = openParts(home.path);
  await parts.runToEnd();
  inTransaction(parts.db, () => parts.groups.beginRebuild());

  assert.match(render(home, "all"), /Rebuilding: 0 of \d+ blocks are derived again so far;/);
  await parts.deriveAll();
  assert.doesNotMatch(render(home, "all"), /Rebuilding:/);
});

Deno.test("OverviewPage() leaves room for hours in which nothing happened", async () => {
  await using home = await filledHome();

  const html = render(home, "24h");
  const bars = [...html.matchAll(/<rect x="([\d.]+)"[^>]* width="([\d.]+)"[^>]*><title>([^:]*)/g)]
    .map(([, x, width, hour]) => ({ x: Number(x), width: Number(width), hour }));
  const [ten, noon] = ["2026-03-01T10", "2026-03-01T12"].map((name) =>
    bars.find(({ hour }) => hour === name)!.x
  );

  assert.ok(noon! - ten! > 1.5 * bars[0]!.width);
});

Deno.test("OverviewPage() lists twelve sessions at most", async () => {
  await using home = await filledHome(
    Array.from({ length: 40 }, (_, i) => makePrompt({ id: `p${i}`, session: `s${i}` })),
  );

  assert.equal(render(home, "all").match(/<code /g)?.length, 12);
});

Deno.test("OverviewPage() draws hours of a day, and days of more", async () => {
  await using home = await filledHome();

  assert.match(render(home, "24h"), /Output by hour/);
  assert.match(render(home, "7d"), /Output by day/);
});

Deno.test("OverviewPage() names every section once, so that a script can change it", async () => {
  await using home = await filledHome();

  const names = [...render(home, "all").matchAll(/data-section="(\w+)"/g)].map(([, name]) =>
    name
  );

  assert.deepEqual(names, [...new Set(names)]);
  assert.ok(names.length >= 5);
});

function render(home: FilledHome, period: string, more: Partial<WebContext> = {}): string {
  return String(<OverviewPage context={webContext(home, more)} period={period} />);
}
