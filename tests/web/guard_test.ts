/** Tests of `web/guard.ts`: who is answered, and with which headers. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { guard, isLoopbackHost, isOwnOrigin } from "../../web/guard.ts";
import { Hono } from "hono";
import { fcRuns } from "../helpers/fc_runs.ts";

const URL = "http://127.0.0.1:7531/";

for (
  const host of [
    "127.0.0.1",
    "127.0.0.1:7531",
    "localhost",
    "localhost:80",
    "LOCALHOST:7531",
    "LocalHost",
    "[::1]",
    "[::1]:7531",
  ]
) {
  Deno.test(`guard() answers, when the Host is ${host}`, async () => {
    assert.equal((await ask({ host })).status, 200);
  });
}

for (
  const host of [
    "",
    "evil.example",
    "evil.example:7531",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "localhost.",
    "0.0.0.0",
    "127.0.0.2",
    "127.1",
    "[::ffff:127.0.0.1]",
    "::1",
    "192.168.0.10:7531",
    "localhost:",
    "localhost:port",
    "localhost:123456",
    "localhost, evil.example",
  ]
) {
  Deno.test(`guard() refuses, when the Host is '${host}'`, async () => {
    const response = await ask({ host });

    assert.equal(response.status, 403);
    assert.match((await problemOf(response)).detail, /Host/);
  });
}

Deno.test("guard() refuses, when there is no Host", async () => {
  assert.equal((await ask({})).status, 403);
});

Deno.test("guard() goes by the Host header, when the address says something else", async () => {
  const response = await app().request("http://localhost/", {
    headers: { host: "evil.example" },
  });

  assert.equal(response.status, 403);
});

Deno.test("guard() answers its own page, when that names its origin", async () => {
  const own = { host: "127.0.0.1:7531", origin: "http://127.0.0.1:7531" };

  assert.equal((await ask(own)).status, 200);
  assert.equal(
    (await ask({ ...own, host: "LOCALHOST:1", origin: "http://localhost:1" })).status,
    200,
  );
  assert.equal((await ask({ host: "[::1]:1", origin: "http://[::1]:1" })).status, 200);
});

for (
  const origin of [
    "null",
    "",
    "http://evil.example",
    "http://evil.example:7531",
    "https://127.0.0.1:7531",
    "http://127.0.0.1",
    "http://127.0.0.1:7532",
    "http://localhost:7531",
    "http://127.0.0.1:7531.evil.example",
    "http://127.0.0.1:7531/",
    "chrome-extension://abcdefgh",
    "file://",
  ]
) {
  Deno.test(`guard() refuses, when the Origin is '${origin}'`, async () => {
    const response = await ask({ host: "127.0.0.1:7531", origin });

    assert.equal(response.status, 403);
    assert.match((await problemOf(response)).detail, /another site/);
  });
}

for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
  Deno.test(`guard() refuses ${method}, when the client does not name itself`, async () => {
    const response = await ask({ host: "localhost" }, method);

    assert.equal(response.status, 403);
    assert.match((await problemOf(response)).detail, /Blueplane-Client/);
  });

  Deno.test(`guard() lets ${method} pass, when the client names itself`, async () => {
    const response = await ask({ host: "localhost", "Blueplane-Client": "hook" }, method);

    assert.equal(response.status, 200);
  });
}

Deno.test("guard() refuses a write of another site, when it names itself", async () => {
  const headers = { host: "localhost", origin: "http://evil.example", "Blueplane-Client": "x" };

  assert.equal((await ask(headers, "POST")).status, 403);
});

for (
  const [site, mode, dest, status] of [
    ["same-origin", "cors", "empty", 200],
    ["same-origin", "no-cors", "script", 200],
    ["none", "navigate", "document", 200],
    ["cross-site", "navigate", "document", 200],
    ["same-site", "navigate", "document", 200],
    ["cross-site", "navigate", "iframe", 403],
    ["cross-site", "navigate", "object", 403],
    ["cross-site", "no-cors", "image", 403],
    ["same-site", "no-cors", "script", 403],
    ["cross-site", "cors", "empty", 403],
    ["cross-site", "websocket", "websocket", 403],
    ["cross-site", "", "", 403],
  ] as const
) {
  Deno.test(`guard() answers ${status} to what is ${site} ${mode} ${dest}`, async () => {
    const response = await ask({
      host: "localhost",
      "sec-fetch-site": site,
      "sec-fetch-mode": mode,
      "sec-fetch-dest": dest,
    });

    assert.equal(response.status, status);
  });
}

Deno.test("guard() refuses what another site posts by going to us", async () => {
  const headers = {
    host: "localhost",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "Blueplane-Client": "x",
  };

  assert.equal((await ask(headers, "POST")).status, 403);
});

Deno.test("guard() has nothing kept but what says that it may be", async () => {
  const app = new Hono().use(guard()).get("/", (c) => c.text("yes"))
    .get("/kept", (c) => c.text("yes", 200, { "Cache-Control": "no-cache" }));
  const cacheOf = async (path: string) => {
    const response = await app.request(path, { headers: { host: "localhost" } });
    return response.headers.get("cache-control");
  };

  assert.deepEqual([await cacheOf("/"), await cacheOf("/kept")], ["no-store", "no-cache"]);
});

Deno.test("guard() lets a browser do nothing but what the page needs", async () => {
  const { headers } = await ask({ host: "127.0.0.1:7531" });
  const policy = headers.get("content-security-policy")!;

  assert.deepEqual(policy.split("; ").sort(), [
    "base-uri 'none'",
    "connect-src 'self' ws://127.0.0.1:7531",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("x-frame-options"), "DENY");
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
  assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
  assert.equal(headers.get("access-control-allow-origin"), null);
});

Deno.test("guard() sets the headers of a refusal too", async () => {
  const { headers } = await ask({ host: "evil.example" });

  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.equal(headers.get("cache-control"), "no-store");
});

Deno.test("isLoopbackHost() takes no other name, whatever stands before or behind", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (before, behind) => {
      fc.pre(!/^:\d{1,5}$/.test(behind));

      assert.equal(isLoopbackHost(`localhost${behind}`), false);
      assert.equal(isLoopbackHost(`${before}.localhost`), false);
      assert.equal(isLoopbackHost(`${before}x127.0.0.1`), false);
    }),
    fcRuns(),
  );
});

Deno.test("isOwnOrigin() takes no origin but the host's, whatever it is", () => {
  fc.assert(
    fc.property(fc.webUrl(), (origin) => {
      assert.equal(isOwnOrigin(origin, "127.0.0.1:7531"), false);
    }),
    fcRuns(),
  );
  assert.equal(isOwnOrigin(undefined, "127.0.0.1:7531"), true);
});

function app(): Hono {
  return new Hono().use(guard()).all("/", (c) => c.text("yes"));
}

async function ask(headers: Readonly<Record<string, string>>, method = "GET"): Promise<Response> {
  return await app().request(URL, { method, headers });
}

async function problemOf(response: Response): Promise<{ detail: string }> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  return await response.json();
}
