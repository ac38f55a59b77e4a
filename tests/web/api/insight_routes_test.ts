/** Tests of `web/api/insight_routes.ts`. */

import assert from "node:assert/strict";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const failures = [0, 1, 2].flatMap((i) => {
  const place = { use: `u${i}`, at: NOON + i };
  return [
    makeToolUse({ ...place, id: `u${i}`, tool: "Bash" }),
    makeToolResult({ ...place, id: `r${i}`, outcome: "failed" }),
  ];
});

async function open() {
  const home = await filledHome(failures);
  const path = "/api/v1/insights";
  const headers = { "Blueplane-Client": "test", "Content-Type": "application/json" };
  return {
    get: (query: string) => ask(webContext(home), path + query),
    post: (body: unknown) =>
      ask(webContext(home), `${path}/change`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

Deno.test("addRoutes() answers with the document of the command", async () => {
  await using web = await open();

  const document = await (await web.get("?type=errors&priority=low")).json();

  assert.equal(document.schema, "blueplane.insights/1");
  assert.equal(document.insights[0].title, "Bash failed 3 times in a row");
  assert.equal((await (await web.get("?type=cost")).json()).total, 0);
  assert.equal((await (await web.get("?type=all&priority=all")).json()).total, 1);
  const behind = await web.get("?offset=5&limit=5");
  assert.deepEqual((await behind.json()).insights, []);
  assert.match(behind.headers.get("link")!, /insights\?offset=0&limit=5>; rel="prev"/);
  assert.equal((await web.get("?type=nonsense")).status, 400);
});

Deno.test("addRoutes() has an insight dismissed, and shown again", async () => {
  await using web = await open();
  const { insights: [{ id, severity, sessions }] } = await (await web.get("")).json();

  const dismissed = await (await web.post({ dismiss: { id, severity, sessions } })).json();
  const left = await (await web.get("")).json();
  const restored = await (await web.post({ restore: id })).json();

  assert.deepEqual(dismissed, { schema: "blueplane.insight_change/1", changed: true });
  assert.deepEqual([left.total, left.hidden], [0, { dismissed: 1, muted: 0 }]);
  assert.equal(restored.changed, true);
  assert.equal((await (await web.get("")).json()).total, 1);
});

Deno.test("addRoutes() refuses what is no change", async () => {
  await using web = await open();

  for (const body of [{}, { mute: "none.such" }, { dismiss: { id: "x" } }, 7]) {
    assert.equal((await web.post(body)).status, 400);
  }
});
