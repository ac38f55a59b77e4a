/** Tests of `web/pages/session_page.tsx`. */

import assert from "node:assert/strict";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("sessionPage() is found by an id, or by how that begins", async () => {
  await using home = await filledHome(
    ["aaaa-1", "aaaa-2", "bbbb-1"].flatMap((id) => new Story(id).prompt().response().events),
  );

  assert.match(await page(home, "/sessions/bbbb"), /<code class="whole">bbbb-1</);
  assert.match(await page(home, "/sessions/bbbb"), /<title>Session bbbb-1 · Blueplane<\/title>/);
  assert.match(await page(home, "/sessions/bbbb"), /data-socket="\/ws\/sessions\/bbbb-1"/);
  const several = await page(home, "/sessions/aaaa", 404);
  assert.match(several, /Several|several/);
  assert.match(several, /href="\/sessions\/aaaa-2"/);
  assert.match(await page(home, "/sessions/cccc", 404), /There is no session with this id/);
  assert.match(await page(home, "/sessions/%3Cimg%3E", 404), /data-socket=""/);
});

Deno.test("sessionPage() shows its parts, each once, without style or script", async () => {
  await using home = await filledHome();

  const html = await page(home, "/sessions/alpha");

  const parts = [...html.matchAll(/data-section="(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(parts, [...new Set(parts)]);
  for (const part of ["timeline", "growth", "findings", "turns", "decisions", "tools", "files"]) {
    assert.ok(parts.includes(part), part);
  }
  assert.doesNotMatch(html, / style=|<style|javascript:| on[a-z]+=|NaN|undefined/);
});

Deno.test("sessionPage() shows so many turns at once, and lanes of no others", async () => {
  const { events } = new Story("long").times(
    90,
    (story, i) => story.prompt().response().call(i < 40 ? "Read" : "Bash").wait(60_000),
  );
  await using home = await filledHome(events);

  const first = await page(home, "/sessions/long");
  const last = await page(home, "/sessions/long?turns_offset=80");

  assert.deepEqual(placesOf(first), [1, 40]);
  assert.deepEqual(placesOf(last), [81, 90]);
  assert.match(first, /<div class="lane"><span title="Read">Read</);
  assert.match(last, /<div class="lane"><span title="Bash">Bash</);
  assert.doesNotMatch(last, /<div class="lane"><span title="Read">Read</);
  assert.match(last, /81–90 of 90/);
});

async function page(home: FilledHome, path: string, status = 200): Promise<string> {
  const response = await ask(webContext(home), path);
  assert.equal(response.status, status);
  return await response.text();
}

function placesOf(html: string): [number, number] {
  const places = [...html.matchAll(/id="turn-(\d+)"/g)].map(([, place]) => Number(place));
  return [places[0]!, places.at(-1)!];
}
