/** Tests of `web/app.tsx`: every route, called without a port. */

import assert from "node:assert/strict";
import { reportAcceptance } from "../../core/reports/acceptance_report.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { filledHome, OPUS, TWO } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

Deno.test("createApp() says that it lives, with pid and version", async () => {
  await using home = await filledHome([]);

  const response = await ask(webContext(home), "/healthz");

  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: "ok",
    pid: 7,
    version: "0.1.0",
    trouble: null,
  });
});

for (const path of ["/api/v1/metrics", "/api/v1/metrics/current"]) {
  Deno.test(`createApp() answers ${path} with the report itself`, async () => {
    await using home = await filledHome();
    const context = webContext(home), now = home.clock.now();

    const response = await ask(context, `${path}?period=7d&group_by=model&platform=claude`);

    assert.match(response.headers.get("content-type")!, /^application\/json/);
    const report = reportMetrics(home.db, {
      period: rollingPeriod("7d", now),
      now,
      platform: "claude_code",
      groupBy: "model",
      coverage: context.coverage(),
    });
    assert.deepEqual(await response.json(), report);
  });
}

Deno.test("createApp() answers /api/v1/analysis/acceptance with the report itself", async () => {
  await using home = await filledHome();
  const context = webContext(home), now = home.clock.now();

  const response = await ask(context, "/api/v1/analysis/acceptance?period=30d&by=model");

  const query = { period: rollingPeriod("30d", now), now, by: "model" } as const;
  const { by, totals } = reportAcceptance(home.db, query);
  const told = await response.json();
  assert.deepEqual([told.by, told.totals], [by, totals]);
});

Deno.test("createApp() answers /api/v1/sessions with the report itself", async () => {
  await using home = await filledHome();
  const context = webContext(home);

  const response = await ask(context, `/api/v1/sessions?limit=2&offset=1&model=${OPUS}`);

  const query = { limit: 2, offset: 1, model: OPUS, labels: context.labels() };
  assert.deepEqual(
    await response.json(),
    reportSessions(home.db, { ...query, coverage: context.coverage() }),
  );
});

Deno.test("createApp() answers with one session, under its id", async () => {
  await using home = await filledHome();

  const { session, schema } = await (await ask(webContext(home), "/api/v1/sessions/beta")).json();

  assert.match(schema, /^blueplane\.\w+\/1$/);
  assert.equal(session.session_id, "beta");
  assert.equal(session.project_id, TWO);
});

for (
  const path of [
    "/api/v1/sessions/nobody",
    "/api/v1/sessions/notes",
    "/api/v1/sessions/%27%20or%201",
    "/api/v1/nothing",
    "/nothing",
    "/assets/nothing.js",
    "/assets/../main.ts",
    "/assets/%2e%2e%2fmain.ts",
  ]
) {
  Deno.test(`createApp() does not find ${path}`, async () => {
    await using home = await filledHome();

    const response = await ask(webContext(home), path);

    assert.equal(response.status, 404);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.deepEqual(Object.keys(await response.json()), ["title", "status", "detail"]);
  });
}

for (
  const path of [
    "/api/v1/metrics?period=2h",
    "/api/v1/metrics?since=yesterday",
    "/api/v1/metrics?until=soon",
    "/api/v1/metrics?group_by=colour",
    "/api/v1/metrics?platform=netscape",
    "/api/v1/metrics/current?period=2h",
    `/api/v1/metrics?project=${"p".repeat(200)}`,
    `/api/v1/metrics?model=${"m".repeat(200)}`,
    `/api/v1/metrics?session=${"s".repeat(200)}`,
    "/api/v1/sessions?limit=x",
    "/api/v1/sessions?offset=-1",
    "/api/v1/sessions?platform=netscape",
    "/api/v1/metrics?period=constructor",
  ]
) {
  Deno.test(`createApp() refuses ${path.slice(0, 50)} as a bad request`, async () => {
    await using home = await filledHome();

    const response = await ask(webContext(home), path);

    assert.equal(response.status, 400);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const { title, status, detail } = await response.json();
    assert.deepEqual([title, status], ["Bad request", 400]);
    assert.match(detail, /^Cannot /);
  });
}

Deno.test("createApp() answers with nothing of an error, when a report fails", async () => {
  await using home = await filledHome();
  const labels = () => {
    throw new Error(`Cannot read ${home.path}: it is gone`);
  };

  const response = await ask(webContext(home, { labels }), "/api/v1/metrics");

  assert.equal(response.status, 500);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.doesNotMatch(await response.text(), /telemetry|gone|tmp/);
});

for (
  const path of ["/", "/healthz", "/api/v1/metrics", "/api/v1/sessions", "/assets/app.js", "/no"]
) {
  Deno.test(`createApp() guards ${path}`, async () => {
    await using home = await filledHome();
    const context = webContext(home);
    const foreign = [
      { headers: { host: "evil.example" } },
      { headers: { host: undefined } },
      { headers: { origin: "http://evil.example" } },
      { headers: { origin: "null" } },
      { method: "POST" },
    ];

    for (const asking of foreign) {
      const response = await ask(context, path, asking);
      assert.equal(response.status, 403, JSON.stringify(asking));
      assert.equal(response.headers.get("content-type"), "application/problem+json");
    }
    const { headers } = await ask(context, path);
    assert.match(headers.get("content-security-policy")!, /default-src 'none'/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  });
}

for (
  const [path, type] of [
    ["/assets/app.css", "text/css; charset=utf-8"],
    ["/assets/app.js", "text/javascript; charset=utf-8"],
    ["/assets/icon.svg", "image/svg+xml"],
    ["/", "text/html; charset=UTF-8"],
  ] as const
) {
  Deno.test(`createApp() answers ${path} as ${type}`, async () => {
    await using home = await filledHome();

    const response = await ask(webContext(home), path);

    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), type);
    assert.ok((await response.text()).length > 50);
  });
}

Deno.test("createApp() says which methods an address takes", async () => {
  await using home = await filledHome();
  const headers = { "Blueplane-Client": "test" };
  const told = async (path: string, method: string) => {
    const response = await ask(webContext(home), path, { method, headers });
    return [response.status, response.headers.get("allow")];
  };

  assert.deepEqual(await told("/api/v1/metrics", "POST"), [405, "GET, HEAD"]);
  assert.deepEqual(await told("/api/v1/sessions/alpha", "DELETE"), [405, "GET, HEAD"]);
  assert.deepEqual(await told("/hooks/claude", "GET"), [405, "POST"]);
  assert.deepEqual(await told("/nothing", "DELETE"), [404, null]);
});

Deno.test("createApp() refuses an address that nobody needs", async () => {
  await using home = await filledHome();

  const response = await ask(webContext(home), `/api/v1/metrics?model=${"m".repeat(5000)}`);

  assert.equal(response.status, 414);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
});

Deno.test("createApp() answers HEAD without a body", async () => {
  await using home = await filledHome();

  const response = await ask(webContext(home), "/", { method: "HEAD" });

  assert.equal(response.status, 200);
  assert.equal(await response.text(), "");
});

Deno.test("createApp() shows the last day, when the page's period is unknown", async () => {
  await using home = await filledHome();

  for (const period of ["2h", "constructor", "toString"]) {
    const response = await ask(webContext(home), `/?period=${period}`);
    assert.equal(response.status, 200, period);
    assert.match(await response.text(), /aria-current="true">24h</);
  }
});
