/** Tests of `POST /api/v1/archive`. */

import assert from "node:assert/strict";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const CLIENT = { "Blueplane-Client": "cli", "Content-Type": "application/json" };

async function post(home: FilledHome, body: string, headers: Record<string, string> = CLIENT) {
  const asking = { method: "POST", headers, body };
  const response = await ask(webContext(home), "/api/v1/archive", asking);
  return { status: response.status, json: await response.json() };
}

Deno.test("addRoutes() has old events moved, and answers how many", async () => {
  await using home = await filledHome();
  const before = home.db.prepare("select sum(events) as n from storage").get()!.n;

  const { status, json } = await post(home, `{"before":${Number.MAX_SAFE_INTEGER}}`);

  assert.equal(status, 200);
  assert.equal(json.schema, "blueplane.archive/1");
  assert.equal(json.events, before);
});

Deno.test("addRoutes() refuses what it does not know, and strangers", async () => {
  await using home = await filledHome([]);
  for (
    const body of ["{}", '{"before":"now"}', '{"before":1.5}', '{"before":1,"all":true}', "x"]
  ) {
    assert.equal((await post(home, body)).status, 400, body);
  }
  const { "Blueplane-Client": _, ...nobody } = CLIENT;
  assert.equal((await post(home, '{"before":1}', nobody)).status, 403);
  assert.equal(
    (await post(home, '{"before":1}', { ...CLIENT, "Content-Type": "text/plain" })).status,
    415,
  );
  assert.equal((await post(home, `{"before":1,"x":"${"x".repeat(5000)}"}`)).status, 413);
});
