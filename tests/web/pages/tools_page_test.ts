/** Tests of `web/pages/tools_page.tsx`; its parts have tests of their own. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("toolsPage() holds the numbers of the report, each chart with its table", async () => {
  await using home = await filledHome();

  const html = await (await ask(webContext(home), "/tools?period=all")).text();

  assert.match(html, /<dt>Tool calls<\/dt><dd><span[^>]*>9</);
  assert.match(html, /<dt>Failed tool calls<\/dt><dd><span[^>]*>28.6 %</);
  for (const id of ["hours", "latency", "classes", "errors", "calls", "servers"]) {
    assert.match(html, new RegExp(`<section data-section="${id}"`), id);
  }
  assert.doesNotMatch(html, / style=|<style|javascript:| on[a-z]+=/i);
});

Deno.test("toolsPage() is whole, where nothing was called or a model is asked for", async () => {
  await using empty = await filledHome([]);
  await using home = await filledHome();

  const nothing = await ask(webContext(empty), "/tools");
  const model = await ask(webContext(home), "/tools?period=all&model=gpt-5&by=mode&heat=failed");

  assert.deepEqual([nothing.status, model.status], [200, 200]);
  assert.match(await nothing.text(), /No tool calls in this period/);
  assert.match(await model.text(), /Not known for a single model/);
});
