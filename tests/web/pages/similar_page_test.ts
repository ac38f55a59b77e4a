/** Tests of `web/pages/similar_page.tsx`. */

import assert from "node:assert/strict";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { makeResponse, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("similarPage() names those that are most alike, and what went well", async () => {
  await using home = await filledHome(alikeSessions().flatMap(({ events }) => events));

  const html = await page(home, "/sessions/code-1/similar");

  assert.match(html, /<a href="\/sessions\/code-1" title="code-1">/);
  const first = /<th scope="row"><a href="\/sessions\/(code-\d+)"/.exec(html)!;
  assert.notEqual(first[1], "code-1");
  assert.match(html, /<span class="clip small" title="blueplane">blueplane</);
  assert.match(html, /What went well/);
  assert.doesNotMatch(html, / style=|NaN|undefined/);
});

Deno.test("similarPage() marks a cost that may be more", async () => {
  const open = makeResponse({ id: "open", session: "code-2", output: 9, stop: null, at: NOON });
  await using home = await filledHome([...alikeSessions().flatMap(({ events }) => events), open]);

  const html = await page(home, "/sessions/code-1/similar");

  const costs = [...html.matchAll(/href="\/sessions\/(code-\d+)".*?>(≥?\$[\d.]+)<\/td><\/tr>/g)]
    .filter(([, , cost]) => cost!.startsWith("≥"));
  assert.deepEqual(costs.map(([, id]) => id), ["code-2"]);
});

Deno.test("similarPage() says when there is too little, or no such session", async () => {
  await using home = await filledHome();

  assert.match(
    await page(home, "/sessions/alpha/similar"),
    /Too few sessions to compare: \d+ of/,
  );
  assert.equal((await ask(webContext(home), "/sessions/nobody/similar")).status, 404);
});

async function page(home: FilledHome, path: string): Promise<string> {
  const response = await ask(webContext(home), path);
  assert.equal(response.status, 200);
  return await response.text();
}
