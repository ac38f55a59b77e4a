/** Tests of `web/page.ts`: what an address asks for, and the addresses of links. */

import assert from "node:assert/strict";
import { hrefOf, type Page } from "../../web/page.ts";
import { RequestError } from "../../web/problem.ts";
import { filledHome, ONE } from "../helpers/filled_home.ts";
import { pageRequest } from "./open_web.ts";

Deno.test("readPageRequest() reads the choice out of the address", async () => {
  await using home = await filledHome();

  const { query, periodName } = await pageRequest(
    home,
    "/?period=7d&platform=claude&project=blueplane&model=opus",
  );

  assert.equal(periodName, "7d");
  assert.deepEqual([query.platform, query.project, query.model], ["claude_code", ONE, "opus"]);
  assert.equal(query.period.to - query.period.from!, 7 * 86_400_000 + 1);
});

Deno.test("readPageRequest() takes two moments before a rolling period", async () => {
  await using home = await filledHome();

  const { query, periodName } = await pageRequest(
    home,
    "/?period=7d&since=2026-02-01T00:00Z&until=2026-02-02T00:00Z",
  );

  assert.equal(periodName, undefined);
  assert.deepEqual(query.period, {
    from: Date.parse("2026-02-01T00:00Z"),
    to: Date.parse("2026-02-02T00:00Z"),
  });
});

Deno.test("readPageRequest() shows the last day, when the period does not exist", async () => {
  await using home = await filledHome();

  assert.equal((await pageRequest(home, "/?period=constructor")).periodName, "24h");
});

Deno.test("readPageRequest() says what it did not understand, and drops it", async () => {
  await using home = await filledHome();
  const page = { usualPeriod: "7d", choices: { by: ["tool", "model"] } };
  const asked = (path: string, filters: Page["filters"] = ["period"]) =>
    pageRequest(home, path, {}, { ...page, filters });

  const { misread, ...request } = await asked("/?period=soon&by=luck&platform=claude");

  assert.deepEqual(misread, [
    "Cannot read 'period' in the address: it is none of 1h, 24h, 7d, 30d, all. Shown is 7d.",
    "Cannot read 'by' in the address: it is none of tool, model. Shown is tool.",
  ]);
  assert.equal(hrefOf(request, { sort: "cost" }), "/?platform=claude&sort=cost");
  assert.deepEqual((await asked("/?period=all&by=model")).misread, []);
  assert.deepEqual((await asked("/?period=&by=")).misread, []);
  assert.deepEqual((await asked("/?period=soon&since=2026-02-01")).misread, []);
  assert.deepEqual((await asked("/?period=soon", [])).misread, []);
});

Deno.test("readPageRequest() tells projects of one name apart, and takes each name", async () => {
  await using home = await filledHome();
  const labels = () => new Map([["caa7bfa69a576471", "cli"], ["d7f9bfa69a576471", "cli"]]);

  const all = await pageRequest(home, "/?project=cli", { labels });
  const one = await pageRequest(home, "/?project=cli%20(d7f9)", { labels });

  assert.deepEqual([...all.query.labels!.values()], ["cli (caa7)", "cli (d7f9)"]);
  assert.deepEqual(all.query.project, [...labels().keys()]);
  assert.equal(one.query.project, "d7f9bfa69a576471");
});

Deno.test("readPageRequest() refuses what is no moment, and no platform", async () => {
  await using home = await filledHome();

  await assert.rejects(pageRequest(home, "/?since=yesterday"), RequestError);
  await assert.rejects(pageRequest(home, "/?platform=emacs"), RequestError);
});

Deno.test("hrefOf() changes, adds and takes away parameters of the same page", () => {
  const of = { url: new URL("http://127.0.0.1/tools?period=7d&sort=cost&model=") };

  assert.equal(
    hrefOf(of, { period: "all", sort: null, by: "day" }),
    "/tools?period=all&by=day",
  );
  assert.equal(hrefOf(of, { period: null, sort: null }), "/tools");
});

Deno.test("hrefOf() takes only what pages share along to another", () => {
  const of = { url: new URL("http://127.0.0.1/tools?period=7d&sort=cost&project=a%26b") };

  assert.equal(hrefOf(of, {}, "/sessions"), "/sessions?period=7d&project=a%26b");
});
