/** Tests of `web/pages/overview_page.tsx`: whole without a script, safe with hostile labels. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import type { WebContext } from "../../../web/web_context.ts";
import { keptNowhere } from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE } from "../../helpers/filled_home.ts";
import { openParts } from "../../pipeline/open_parts.ts";
import { ask, webContext } from "../open_web.ts";

const HOSTILE = `<img src=x onerror="alert(1)">'&amp;</td><script>alert(2)</script>`;

Deno.test("overviewPage() holds the numbers of the reports, without any script", async () => {
  await using home = await filledHome();

  const html = await render(home, "/?period=all");

  assert.match(html, /<dt>Prompts<\/dt><dd><span[^>]*>5</);
  assert.match(html, /<dt>Tool calls<\/dt><dd><span[^>]*>9</);
  assert.match(html, /<dt>Output tokens<\/dt><dd><span[^>]*>≥1,640</);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>28.6 %</);
  assert.match(html, new RegExp(`<th scope="row">${HAIKU}</th>`));
  assert.match(html, /<th scope="row">Edit<\/th>.*?<td class="number">3<\/td>/);
  assert.match(
    html,
    /<code title="alpha">alpha<\/code><\/a><\/th><td><span[^>]*>blueplane<\/span>/,
  );
});

Deno.test("overviewPage() has a table for every chart", async () => {
  await using home = await filledHome();

  const html = await render(home, "/?period=all");

  const figures = html.match(/<figure.*?<\/figure>/gs) ?? [];
  assert.equal(figures.length, 3);
  assert.ok(figures.every((figure) => /<details>.*<table>.*<caption/s.test(figure)));
});

Deno.test("overviewPage() says of how many sessions no tokens are kept", async () => {
  await using home = await filledHome();
  assert.doesNotMatch(await render(home, "/?period=all"), /Tokens and cost are not kept/);

  await home.tell(keptNowhere());

  assert.match(
    await render(home, "/?period=all"),
    /Tokens and cost are not kept in 1 of 6 sessions; no sum includes them/,
  );
});

Deno.test("overviewPage() has no style and no script of its own", async () => {
  await using home = await filledHome();

  const html = await render(home, "/?period=all");

  assert.doesNotMatch(html, / style=|<style|javascript:| on[a-z]+=/i);
  assert.deepEqual(html.match(/<script[^>]*>/g), [
    '<script src="/assets/app.js" type="module">',
  ]);
  assert.deepEqual(html.match(/(?:src|href)="(?![/#])[^"]*"/g), null);
});

Deno.test("overviewPage() shows a hostile label as the text it is", async () => {
  await using home = await filledHome();

  const labels = () => new Map([[ONE, HOSTILE]]);
  const html = await render(home, "/?period=all&by=project", { labels });

  assert.doesNotMatch(html, /<img|<script>/);
  assert.match(html, /&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;/);
});

Deno.test("overviewPage() says what there is not, when nothing happened yet", async () => {
  await using home = await filledHome([]);

  const html = await render(home, "/");

  for (
    const text of [
      "Nothing in this period.",
      "Nothing in the last year.",
      "No session is running.",
      "No sessions yet.",
      "blueplane doctor",
      "No tool calls in this period.",
      "No responses in this period.",
    ]
  ) assert.ok(html.includes(text), text);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>–</);
  assert.doesNotMatch(html, /NaN|undefined|null|Infinity/);
});

Deno.test("overviewPage() says how much was read, until all of it was", async () => {
  await using home = await filledHome();

  const some = await render(home, "/", { coverage: () => ({ files_done: 2, files_total: 3 }) });

  assert.match(some, /Reading: 2 of 3 files so far\./);
  assert.doesNotMatch(await render(home, "/"), /Reading:/);
});

Deno.test("overviewPage() says that a rebuild is not done, until it is", async () => {
  await using home = await filledHome();
  using parts = openParts(home.path);
  await parts.runToEnd();
  inTransaction(parts.db, () => parts.groups.beginRebuild());

  assert.match(await render(home, "/"), /Rebuilding: 0 of \d+ blocks are derived again so far;/);
  await parts.deriveAll();
  assert.doesNotMatch(await render(home, "/"), /Rebuilding:/);
});

Deno.test("overviewPage() names every section once, so that a script can change it", async () => {
  await using home = await filledHome();

  const names = [...(await render(home, "/")).matchAll(/data-section="(\w+)"/g)]
    .map(([, name]) => name);

  assert.deepEqual(names, [...new Set(names)]);
  assert.ok(names.length >= 8);
});

Deno.test("overviewPage() shows only what the filter lets through", async () => {
  await using home = await filledHome();

  const html = await render(home, "/?period=all&platform=cursor");

  assert.match(html, /<dt>Tool calls<\/dt><dd><span[^>]*>1</);
  assert.doesNotMatch(html, new RegExp(`<th scope="row">${HAIKU}</th>|title="alpha"`));
});

async function render(
  home: FilledHome,
  path: string,
  more: Partial<WebContext> = {},
): Promise<string> {
  return await (await ask(webContext(home, more), path)).text();
}
