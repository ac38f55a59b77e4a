/** Tests of `web/pages/data_page.tsx`; its parts have tests of their own. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("dataPage() tells what is stored and how it is, and holds no path", async () => {
  await using home = await filledHome();

  const html = await (await ask(webContext(home), "/data")).text();

  for (
    const id of [
      "storage",
      "queue",
      "sources",
      "health",
      "dlq",
      "export",
      "purge",
      "upkeep",
      "privacy",
    ]
  ) {
    assert.match(html, new RegExp(`<section data-section="${id}"`), id);
  }
  assert.ok(!html.includes(home.path) && !/\/(tmp|home|root)\//.test(html));
  assert.doesNotMatch(html, / style=|<style|javascript:| on[a-z]+=/i);
});

Deno.test("dataPage() is whole, before anything is stored", async () => {
  await using home = await filledHome([]);

  const response = await ask(webContext(home), "/data");

  assert.equal(response.status, 200);
  assert.match(await response.text(), /Nothing was read yet/);
});
