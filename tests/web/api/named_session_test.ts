/** Tests of `web/api/named_session.ts`. */

import assert from "node:assert/strict";
import { namedSession } from "../../../web/api/named_session.ts";
import { RequestError } from "../../../web/problem.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("namedSession() takes an id, or a beginning that no other id has", async () => {
  await using home = await openHome(["aaaa", "aaaa-1", "bbbb-1"]);
  const context = webContext(home);

  assert.equal(namedSession(context, "aaaa"), "aaaa");
  assert.equal(namedSession(context, "aaaa-"), "aaaa-1");
  assert.equal(namedSession(context, "bbbb"), "bbbb-1");
  assert.equal(namedSession(context, "bbb"), undefined);
  assert.equal(namedSession(context, "cccc"), undefined);
  assert.equal(namedSession(context, "last"), "aaaa");
  await using empty = await openHome([]);
  assert.equal(namedSession(webContext(empty), "last"), undefined);
});

Deno.test("namedSession() says which ids begin like one that is not clear", async () => {
  await using home = await openHome(Array.from({ length: 7 }, (_, i) => `same-${i}`));

  assert.throws(() => namedSession(webContext(home), "same"), {
    name: RequestError.name,
    message: "Cannot tell the session: several ids begin so: " +
      "same-0, same-1, same-2, same-3, same-4 and 2 more",
  });
});

Deno.test("namedSession() serves each route of a session", async () => {
  await using home = await openHome(["aaaa-1", "bbbb-1", "bbbb-2"]);
  const get = (path: string) => ask(webContext(home), `/api/v1/sessions/${path}`);

  for (const rest of ["", "/timeline", "/similar"]) {
    const [whole, begun] = await Promise.all([get(`aaaa-1${rest}`), get(`aaaa${rest}`)]);
    assert.equal(begun.status, 200, rest);
    assert.deepEqual(await begun.json(), await whole.json());
    assert.equal((await get(`bbbb${rest}`)).status, 400, rest);
    assert.equal((await get(`cccc${rest}`)).status, 404, rest);
  }
});

async function openHome(ids: readonly string[]) {
  return await filledHome(ids.map((session) => makePrompt({ id: session, session, at: NOON })));
}
