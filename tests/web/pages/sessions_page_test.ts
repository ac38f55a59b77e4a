/** Tests of `web/pages/sessions_page.tsx`. */

import assert from "node:assert/strict";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const HOSTILE = `"><img src=x onerror="alert(1)">`;

Deno.test("sessionsPage() lists the sessions of its period page by page", async () => {
  const many = Array.from(
    { length: 60 },
    (_, i) => makePrompt({ id: `p${i}`, session: `s${100 + i}`, at: NOON + i }),
  );
  await using home = await filledHome(many);

  const first = await page(home, "period=all"), second = await page(home, "period=all&offset=50");

  assert.match(first, /<h2[^>]*>60 sessions</);
  assert.deepEqual(idsOf(first).length, 50);
  assert.deepEqual(idsOf(second), many.slice(0, 10).map(({ sessionId }) => sessionId).reverse());
  assert.match(await page(home, "since=2026-02-01&until=2026-02-02"), /<h2[^>]*>0 sessions</);
  const behind = await page(home, "period=all&offset=9999");
  assert.match(behind, /No sessions so far down: 60 in all\..*offset=50">Go to the last page</);
  assert.doesNotMatch(behind, /fewer filters/);
});

Deno.test("sessionsPage() keeps in its forms and links what was asked", async () => {
  await using home = await filledHome();

  const html = await page(home, "period=7d&model=gpt-5&id=ga&sort=cost&min_acceptance=0.9");

  assert.match(html, /<input type="hidden" name="model" value="gpt-5"/);
  assert.match(html, /<input type="search" name="id" value="ga"/);
  assert.match(html, /<option value="0.9" selected/);
  assert.match(html, /<option value="cost" selected/);
  const [, json] = /<a href="([^"]*)">JSON<\/a>/.exec(html)!;
  const asked = new URLSearchParams(json!.split("?")[1]!.replaceAll("&amp;", "&"));
  assert.deepEqual(Object.fromEntries(asked), {
    period: "7d",
    model: "gpt-5",
    sort: "cost",
    min_acceptance: "0.9",
    id: "ga",
    limit: "1000",
  });
});

Deno.test("sessionsPage() leads to files of the same choice", async () => {
  await using home = await filledHome();

  const html = await page(home, "platform=cursor&project=blueplane");

  assert.match(html, /\/export\?platform=cursor&amp;project=blueplane&amp;period=all&amp;what=s/);
  assert.match(html, /format=csv" download/);
  assert.match(html, /format=parquet" download/);
  assert.doesNotMatch(await page(home, "id=al"), /format=csv/);
});

Deno.test("sessionsPage() shows hostile text as it is, and says what is unread", async () => {
  await using home = await filledHome();

  const html = await page(home, `period=all&id=${encodeURIComponent(HOSTILE)}`);
  assert.doesNotMatch(html, /<img/);
  assert.match(html, /<h2[^>]*>0 sessions</);
  assert.match(await page(home, "sort=wrong"), /in the address: .* Shown is recent\./);
});

async function page(home: FilledHome, search: string): Promise<string> {
  const response = await ask(webContext(home), `/sessions?${search}`);
  assert.equal(response.status, 200);
  return await response.text();
}

function idsOf(html: string): string[] {
  return [...html.matchAll(/<a href="\/sessions\/(\w+)[^"]*" title/g)].map(([, id]) => id!);
}
