/** Tests of `web/add_pages.tsx`. */

import assert from "node:assert/strict";
import { Hono } from "hono";
import { addPages } from "../../web/add_pages.tsx";
import type { Page } from "../../web/page.ts";
import { MissingError } from "../../web/problem.ts";
import { addWordBeside, wordsOf } from "../core/seen_rows.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

const SOME: Page = {
  path: "/some",
  title: "Some",
  isInNavigation: true,
  filters: [],
  render: () => <p>content</p>,
};
const ONE_OF_THEM: Page = {
  path: "/some/:id",
  title: "One",
  isInNavigation: false,
  filters: [],
  render: ({ c }) => c.req.param("id") === "known" ? <p>known</p> : undefined,
};

Deno.test("addPages() answers with a document, whose navigation is whole", async () => {
  const response = await ask("/some");

  const html = await response.text();
  assert.match(html, /^<!DOCTYPE html><html lang="en">/);
  assert.match(html, /<p>content<\/p>/);
  assert.deepEqual(html.match(/<nav class="pages".*?<\/nav>/)?.[0].match(/<a /g)?.length, 1);
});

Deno.test("addPages() says that a page is missing, when there is no such thing", async () => {
  assert.equal((await ask("/some/unknown")).status, 404);
  assert.equal((await ask("/some/known")).status, 200);
});

Deno.test("addPages() answers a file that is posted to a page that opens some", async () => {
  const opens: Page = {
    ...SOME,
    open: (file) => <b>{String(file)}</b>,
  };
  await using home = await filledHome([]);
  const app = new Hono();
  addPages(app, webContext(home), [opens]);
  const post = (body: string) => app.request("http://127.0.0.1/some", { method: "POST", body });

  assert.equal(await (await post("7")).text(), "<b>7</b>");
});

Deno.test("addPages() writes a document of one state, when others write", async () => {
  await using home = await filledHome([]);
  const count = () => wordsOf(home.db).length;
  // A part reads when the document is written.
  const Part = () => <b>{count()}</b>;
  const page: Page = {
    ...SOME,
    render() {
      const before = count();
      addWordBeside(home.path, "beside");
      return (
        <p>
          {before} <Part />
        </p>
      );
    },
  };
  const before = count(), app = new Hono();
  addPages(app, webContext(home), [page]);

  const html = await (await app.request("http://127.0.0.1/some")).text();

  assert.match(html, new RegExp(`<p>${before} <b>${before}</b></p>`));
  assert.equal(count(), before + 1);
});

async function ask(path: string): Promise<Response> {
  await using home = await filledHome([]);
  const app = new Hono();
  addPages(app, webContext(home), [SOME, ONE_OF_THEM]);
  app.onError((error, c) => c.text(error.message, error instanceof MissingError ? 404 : 500));
  return await app.request(`http://127.0.0.1:7531${path}`);
}
