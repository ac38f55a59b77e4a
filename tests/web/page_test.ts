/** Tests of `web/page.ts`: what an address asks for, and the addresses of links. */

import assert from "node:assert/strict";
import { hrefOf } from "../../web/page.ts";
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

Deno.test("readPageRequest() tells projects of one name apart, and takes each name", async () => {
  await using home = await filledHome();
  const labels = () => new Map([["caa7bfa69a576471", "cli"], ["d7f9bfa69a576471", "cli"]]);

  const all = await pageRequest(home, "/?project=cli", { labels });
  const one = await pageRequest(home, "/?project=cli%20(d7f9)", { labels });

  assert.deepEqual([...all.query.labels!.values()], ["cli (caa7)", "cli (d7f9)"]);
  assert.deepEqual(all.query.project, [...labels().keys()]);
  assert.equal(one.query.project, "d7f9bfa69a576471");
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
