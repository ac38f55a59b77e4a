/** Tests of `web/pages/settings_page.tsx`. */

import assert from "node:assert/strict";
import { METRICS } from "../../../core/metrics.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("settingsPage() tells each setting with its origin and its variable", async () => {
  await using home = await filledHome([]);

  const html = await (await ask(webContext(home), "/settings")).text();

  assert.match(
    html,
    /<code>web\.<wbr\/>port<\/code><\/th><td><code[^>]*>7531<\/code><\/td><td>default<.*?_PORT/,
  );
  assert.match(html, /blueplane config set KEY VALUE/);
  assert.match(html, /not required/);
  assert.doesNotMatch(html, /<form|data-write/);
});

Deno.test("settingsPage() tells what every number means", async () => {
  await using home = await filledHome([]);

  const html = (await (await ask(webContext(home), "/settings")).text()).replaceAll("<wbr/>", "");

  for (const { id } of METRICS) assert.ok(html.includes(`<code>${id}</code>`), id);
});

Deno.test("settingsPage() says that a token is asked for, and not which", async () => {
  await using home = await filledHome([]);
  const context = webContext(home, { token: "the-token" });

  const response = await ask(context, "/settings", {
    headers: { authorization: "Bearer the-token" },
  });

  const html = await response.text();
  assert.match(html, /required; each start makes another one/);
  assert.ok(!html.includes("the-token"));
});
