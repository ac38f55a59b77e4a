/** Tests of `web/problem.ts`: errors as RFC 9457 has them. */

import assert from "node:assert/strict";
import { Hono } from "hono";
import { asRequest, problem, RequestError } from "../../web/problem.ts";

for (
  const [status, title] of [[400, "Bad request"], [403, "Forbidden"], [404, "Not found"]] as const
) {
  Deno.test(`problem() says what is wrong, when the status is ${status}`, async () => {
    const app = new Hono().get("/", (c) => problem(c, status, "Cannot read x: it is y"));

    const response = await app.request("/");

    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.deepEqual(await response.json(), { title, status, detail: "Cannot read x: it is y" });
  });
}

Deno.test("problem() has a title, when the status is one that nobody thought of", async () => {
  const app = new Hono().get("/", (c) => problem(c, 418, "Cannot brew"));

  assert.equal((await (await app.request("/")).json()).title, "Failed");
});

Deno.test("RequestError() is told from other errors by its class and name", () => {
  const error = new RequestError("Cannot read x: it is y");

  assert.ok(error instanceof Error);
  assert.equal(error.name, "RequestError");
});

Deno.test("asRequest() makes a request's fault of what is out of range, and of no more", () => {
  const failing = (error: Error) => () =>
    asRequest(() => {
      throw error;
    });

  assert.equal(asRequest(() => 5), 5);
  assert.throws(failing(new RangeError("Cannot read it")), {
    name: "RequestError",
    message: "Cannot read it",
  });
  assert.throws(failing(new TypeError("Cannot be")), TypeError);
});
