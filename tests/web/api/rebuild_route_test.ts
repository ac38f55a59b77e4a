/** Tests of `POST /api/v1/rebuild`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { NotReadyError } from "../../../web/problem.ts";
import { ask, webContext } from "../open_web.ts";

const CLIENT = { "Blueplane-Client": "cli", "Content-Type": "application/json" };

async function post(home: FilledHome, body: string, headers: Record<string, string> = CLIENT) {
  const asking = { method: "POST", headers, body };
  const response = await ask(webContext(home), "/api/v1/rebuild", asking);
  return { status: response.status, json: await response.json() };
}

function outputOf(home: FilledHome): number {
  const row = home.db.prepare("select sum(output) as sum from model_sums where tier = 0").get();
  return Number(row?.sum);
}

Deno.test("addRoutes() has all derived again, and answers when it is done", async () => {
  await using home = await filledHome();
  const before = outputOf(home);
  using db = openWriter(home.path);
  db.exec("update model_sums set output = output + 1000");

  const { status, json } = await post(home, "{}");

  assert.equal(status, 200);
  assert.equal(json.schema, "blueplane.rebuild/1");
  assert.ok(json.sessions > 1 && json.events > 4);
  assert.equal(outputOf(home), before);
});

Deno.test("addRoutes() has one session derived again", async () => {
  await using home = await filledHome();

  const { status, json } = await post(home, '{"session":"alpha"}');

  assert.equal(status, 200);
  assert.ok(json.sessions >= 1);
});

Deno.test("addRoutes() answers 404, when there is no such session", async () => {
  await using home = await filledHome();

  const { status, json } = await post(home, '{"session":"gone"}');

  assert.equal(status, 404);
  assert.match(json.detail, /no such session/);
});

Deno.test("addRoutes() answers 503 with the reason, while nobody can do it", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);
  const rebuild = () => Promise.reject(new NotReadyError("Cannot reach Redis: it is away"));
  const commands = { ...context.commands, rebuild };

  const asking = { method: "POST", headers: CLIENT, body: "{}" };
  const response = await ask({ ...context, commands }, "/api/v1/rebuild", asking);

  assert.equal(response.status, 503);
  assert.equal((await response.json()).detail, "Cannot reach Redis: it is away");
});

Deno.test("addRoutes() refuses what it does not know, and strangers", async () => {
  await using home = await filledHome([]);
  for (const body of ['{"session":7}', '{"session":"a b"}', '{"all":true}', "no json"]) {
    assert.equal((await post(home, body)).status, 400, body);
  }
  const { "Blueplane-Client": _, ...nobody } = CLIENT;
  assert.equal((await post(home, "{}", nobody)).status, 403);
  assert.equal((await post(home, "{}", { ...CLIENT, "Content-Type": "text/plain" })).status, 415);
  assert.equal((await post(home, `{"session":"${"x".repeat(5000)}"}`)).status, 413);
});
