/** Tests of `web/api/add_routes.ts`: 304 while nothing changed, and links along a list. */

import assert from "node:assert/strict";
import { Hono } from "hono";
import * as z from "zod";
import { addRoutes } from "../../../web/api/add_routes.ts";
import { defineRoute } from "../../../web/api/route.ts";
import { Validators } from "../../../web/validators.ts";
import { addWordBeside, wordsOf } from "../../core/seen_rows.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("addRoutes() answers 304, as long as nothing was stored", async () => {
  await using home = await filledHome();
  const context = webContext(home), path = "/api/v1/sessions";
  const asked = await ask(context, path);
  const tag = asked.headers.get("etag")!;
  await asked.body?.cancel();
  const again = (at = path) => ask(context, at, { headers: { "if-none-match": `"x", ${tag}` } });

  const same = await again();
  assert.deepEqual([same.status, same.headers.get("etag"), await same.text()], [304, tag, ""]);
  assert.match(tag, /^"[^"]+"$/);
  assert.equal((await again(`${path}?limit=1`)).status, 200);
  await home.tell(makePrompt({ id: "new", session: "new", at: NOON }));
  const changed = await again();
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.get("etag"), tag);
});

Deno.test("addRoutes() tells no tag of an answer to what writes", async () => {
  await using home = await filledHome([]);

  const { headers } = await ask(webContext(home), "/api/v1/rebuild", {
    method: "POST",
    headers: { "Blueplane-Client": "test", "Content-Type": "application/json" },
    body: "{}",
  });

  assert.equal(headers.get("etag"), null);
});

Deno.test("addRoutes() links along a list, from each part to the next", async () => {
  await using home = await filledHome();
  const context = webContext(home);
  const found: string[] = [];

  let path: string | undefined = "/api/v1/sessions?limit=2&platform=claude";
  const links: string[][] = [];
  while (path !== undefined) {
    const response: Response = await ask(context, path);
    const { sessions } = await response.json();
    for (const { session_id } of sessions) found.push(session_id);
    const told = linksOf(response);
    links.push([...told.keys()]);
    assert.match(told.get("first")!, /platform=claude.*offset=0/);
    path = told.get("next");
  }

  assert.deepEqual(found.toSorted(), ["alpha", "beta", "delta", "zeta"]);
  assert.deepEqual(links, [["next", "first", "last"], ["prev", "first", "last"]]);
});

Deno.test("addRoutes() links to nothing, when all is told at once", async () => {
  await using home = await filledHome();

  const { headers } = await ask(webContext(home), "/api/v1/sessions?limit=0");

  assert.equal(headers.get("link"), null);
});

function linksOf({ headers }: Response): Map<string, string> {
  const links = (headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g);
  return new Map([...links].map(([, path, rel]) => [rel!, path!]));
}

Deno.test("addRoutes() proves who answers to who asks, and to nobody who asks oddly", async () => {
  await using home = await filledHome([]);
  const context = webContext(home, { proofOf: (challenge) => `proof of ${challenge}` });
  const proof = async (challenge: string | undefined) => {
    const headers = challenge === undefined ? {} : { "blueplane-challenge": challenge };
    const response = await ask(context, "/api/v1/sessions", { headers });
    await response.body?.cancel();
    return response.headers.get("blueplane-proof");
  };
  const challenge = "0123456789abcdef".repeat(2);

  assert.equal(await proof(challenge), `proof of ${challenge}`);
  for (const odd of [undefined, "", "x", `${challenge}0`]) assert.equal(await proof(odd), null);
});

Deno.test("addRoutes() answers of one state, when another process writes meanwhile", async () => {
  await using home = await filledHome([]);
  const count = () => wordsOf(home.db).length;
  const route = defineRoute({
    path: "/twice",
    id: "twice",
    summary: "Counts twice",
    answer: z.object({}),
    handle() {
      const before = count();
      addWordBeside(home.path, "beside");
      return { counts: [before, count()] };
    },
  });
  const before = count(), app = new Hono(), context = webContext(home);
  addRoutes(app, [route], context, new Validators(context));

  const answer = await app.request("http://127.0.0.1/twice");

  assert.deepEqual(await answer.json(), { counts: [before, before] });
  assert.equal(count(), before + 1);
});
