/** Tests of `web/problem_page.tsx`: a person is told in a page, a program in a problem. */

import assert from "node:assert/strict";
import { filledHome } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

const BROWSER = { headers: { accept: "text/html,*/*;q=0.8" } };
const PROBLEM = "application/problem+json";

Deno.test("answerProblem() tells a browser in a page what is wrong", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);

  const missing = await ask(context, "/nothing-here", BROWSER);
  const headers = { ...BROWSER.headers, connection: "upgrade", upgrade: "websocket" };
  const wrong = await ask(context, "/ws/metrics?since=%3Cb%3Esoon", { headers });

  assert.deepEqual([missing.status, wrong.status], [404, 400]);
  const [first, second] = [await missing.text(), await wrong.text()];
  assert.match(first, /<h1>Not found<\/h1>.*Cannot find this address\./s);
  assert.match(first, /<a href="\/sessions">Sessions<\/a>.*<a href="\/">Overview<\/a>/s);
  assert.match(second, /<h1>Bad request<\/h1>.*&lt;b&gt;soon.* is no date/s);
  assert.doesNotMatch(second, /href="[^"]*since/, "no link leads there again");
});

Deno.test("answerProblem() says of a failed page what the problem would say", async () => {
  await using home = await filledHome([]);
  const labels = () => {
    throw new RangeError("Cannot tell a secret: it is one");
  };

  const response = await ask(webContext(home, { labels }), "/", BROWSER);

  assert.equal(response.status, 500);
  const html = await response.text();
  assert.match(html, /Cannot answer: the report failed\./);
  assert.doesNotMatch(html, /secret/);
});

Deno.test("wantsPage() is so for a browser that looks, not for programs and the API", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);

  for (
    const [path, asking] of [
      ["/nothing-here", {}],
      ["/nothing-here", { headers: { accept: "*/*" } }],
      ["/nothing-here", { ...BROWSER, method: "HEAD" }],
      ["/api/v1/sessions/nothing", BROWSER],
      ["/api/v1/metrics?period=13h", BROWSER],
    ] as const
  ) {
    const response = await ask(context, path, asking);
    assert.equal(response.headers.get("content-type"), PROBLEM, path);
  }
});
