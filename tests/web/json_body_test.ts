/** Tests of `web/json_body.ts`. */

import assert from "node:assert/strict";
import { type Context, Hono } from "hono";
import { isJson, readJson } from "../../web/json_body.ts";
import { RequestError } from "../../web/problem.ts";

/** Reads a request with the real framework. */
async function read<T>(type: string, body: string, use: (c: Context) => T): Promise<T> {
  const app = new Hono();
  let result: T | undefined;
  app.onError((error) => {
    throw error;
  });
  app.post("/", async (c) => {
    result = await use(c);
    return c.body(null);
  });
  await app.request("/", { method: "POST", headers: { "Content-Type": type }, body });
  return result!;
}

Deno.test("isJson() asks for the type of the body, whatever its parameters", async () => {
  const said = [
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/jsonp",
    "text/plain",
  ];

  const found = await Promise.all(said.map((type) => read(type, "{}", isJson)));

  assert.deepEqual(found, [true, true, false, false]);
});

Deno.test("readJson() reads the body", async () => {
  assert.deepEqual(await read("application/json", '{"a":[1]}', readJson), { a: [1] });
});

Deno.test("readJson() throws a RequestError without the body, when it is no JSON", async () => {
  await assert.rejects(() => read("application/json", "{my secret", readJson), (error) => {
    assert.ok(error instanceof RequestError);
    return !error.message.includes("secret");
  });
});
