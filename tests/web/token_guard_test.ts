/** Tests of `web/token_guard.ts`: who is answered while a token is asked for. */

import assert from "node:assert/strict";
import { type FilledHome, filledHome } from "../helpers/filled_home.ts";
import { ask, type Asking, webContext } from "./open_web.ts";

const TOKEN = "the-right-token-of-this-run";
const CLIENT = { "Blueplane-Client": "dashboard" };
const BEARER = { authorization: `Bearer ${TOKEN}` };

async function open() {
  const home = await filledHome();
  return {
    ask: (path: string, asking?: Asking) => ask(webContext(home, { token: TOKEN }), path, asking),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

for (
  const path of ["/", "/api/v1/metrics", "/api/v1/openapi.json", "/metrics", "/ws/metrics", "/no"]
) {
  Deno.test(`tokenGuard() tells nothing of ${path}, when the token is wrong`, async () => {
    await using web = await open();

    for (
      const headers of [
        {},
        { authorization: "Bearer wrong" },
        { authorization: `Basic ${TOKEN}` },
        { authorization: `Bearer ${TOKEN}x` },
        { cookie: "blueplane=wrong" },
        { cookie: `blueplane=${TOKEN}` },
      ]
    ) {
      const response = await web.ask(path, { headers });
      assert.equal(response.status, 401, JSON.stringify(headers));
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      assert.match(response.headers.get("www-authenticate")!, /^Bearer /);
      assert.doesNotMatch(await response.text(), new RegExp(TOKEN));
    }
  });
}

Deno.test("tokenGuard() answers whoever sends the token", async () => {
  await using web = await open();

  for (const path of ["/", "/api/v1/metrics", "/metrics"]) {
    assert.equal((await web.ask(path, { headers: BEARER })).status, 200, path);
  }
});

Deno.test("addSignIn() gives a cookie for the token, that only the browser can read", async () => {
  await using web = await open();

  const signIn = await web.ask("/sign-in", { method: "POST", headers: { ...CLIENT, ...BEARER } });

  assert.equal(signIn.status, 204);
  const cookie = signIn.headers.get("set-cookie")!;
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
  assert.doesNotMatch(cookie, new RegExp(TOKEN));
  const page = await web.ask("/", { headers: { cookie: cookie.split(";")[0] } });
  assert.equal(page.status, 200);
});

Deno.test("addSignIn() gives nothing for another token, nor to another site", async () => {
  await using web = await open();

  for (
    const [headers, status] of [
      [{ ...CLIENT, authorization: "Bearer wrong" }, 401],
      [CLIENT, 401],
      [BEARER, 403],
      [{ ...CLIENT, ...BEARER, origin: "http://evil.example" }, 403],
    ] as const
  ) {
    const response = await web.ask("/sign-in", { method: "POST", headers });
    assert.deepEqual([response.status, response.headers.get("set-cookie")], [status, null]);
  }
});

Deno.test("tokenGuard() shows a person where the link is, and nothing else", async () => {
  await using web = await open();

  const response = await web.ask("/sessions", { headers: { accept: "text/html" } });

  assert.equal(response.status, 401);
  const page = await response.text();
  assert.match(page, /blueplane status/);
  assert.doesNotMatch(page, /alpha|blueplane<|data-metric/);
});

Deno.test("tokenGuard() lets pass what holds nothing, and what hooks tell", async () => {
  await using web = await open();

  for (const path of ["/healthz", "/assets/app.css", "/assets/sign_in.js"]) {
    assert.equal((await web.ask(path)).status, 200, path);
  }
  const headers = { ...CLIENT, "content-type": "application/json" };
  const hook = { method: "POST", headers, body: "{}" };
  assert.equal((await web.ask("/hooks/claude", hook)).status, 202);
  assert.equal((await web.ask("/api/v1/rebuild", hook)).status, 401);
  assert.equal((await web.ask("/hooks/claude")).status, 401);
});

Deno.test("tokenGuard() asks for nothing, where web.token is off", async () => {
  await using home: FilledHome = await filledHome();

  assert.equal((await ask(webContext(home), "/api/v1/metrics")).status, 200);
});
