/** Tests of `web/pages/acceptance_page.tsx`. */

import assert from "node:assert/strict";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("acceptancePage() holds the numbers, and says what they mean", async () => {
  await using home = await filledHome();

  const html = await page(home, "period=all");

  assert.match(html, /data-metric="acceptance_rate"[^>]*>75.0 %</);
  assert.match(html, /<dt>Edits rejected<\/dt><dd>1<\/dd>/);
  assert.match(html, /<dt>Accepted: it ran where you could refuse<\/dt><dd>3<\/dd>/);
  assert.match(html, /What counts as what/);
  assert.match(html, /known only where hooks are installed/);
  assert.doesNotMatch(html, / style=|<style|NaN|undefined/);
});

Deno.test("acceptancePage() tells the dimension that is asked for", async () => {
  await using home = await filledHome();

  assert.match(await page(home, "period=all"), /<h2[^>]*>By tool</);
  assert.match(await page(home, "period=all&by=weekday"), /<h2[^>]*>By weekday</);
  const unknown = await page(home, "period=all&by=moon");
  assert.match(unknown, /Cannot read &#39;by&#39; in the address: .* Shown is tool\./);
  assert.match(unknown, /<h2[^>]*>By tool</);
});

Deno.test("acceptancePage() says what there is not, when nothing happened yet", async () => {
  await using home = await filledHome([]);

  const html = await page(home, "");

  assert.match(html, /No edit was proposed in this period/);
  assert.match(html, /data-metric="acceptance_rate"[^>]*>–</);
});

async function page(home: FilledHome, search: string): Promise<string> {
  const response = await ask(webContext(home), `/acceptance?${search}`);
  assert.equal(response.status, 200);
  return await response.text();
}
