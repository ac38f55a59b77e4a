/** Tests of `web/pages/pages.ts`. */

import assert from "node:assert/strict";
import { PAGES } from "../../../web/pages/pages.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("PAGES() begins with the first page, and has each address and title once", () => {
  const paths = PAGES.map(({ path }) => path), titles = PAGES.map(({ title }) => title);

  assert.equal(paths[0], "/");
  assert.deepEqual(paths, [...new Set(paths)]);
  assert.deepEqual(titles, [...new Set(titles)]);
});

Deno.test("PAGES() has only pages in the navigation that answer by themselves", async () => {
  await using home = await filledHome();

  for (const { path, title } of PAGES.filter(({ isInNavigation }) => isInNavigation)) {
    const response = await ask(webContext(home), path);
    assert.equal(response.status, 200, path);
    assert.match(await response.text(), new RegExp(`<h1>${title}</h1>`), path);
  }
});
