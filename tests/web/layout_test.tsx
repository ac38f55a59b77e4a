/** Tests of `web/layout.tsx`. */

import assert from "node:assert/strict";
import { Layout } from "../../web/layout.tsx";

Deno.test("Layout() makes a whole document of its content", () => {
  const html = render("Overview");

  assert.match(html, /^<html lang="en">.*<\/html>$/s);
  assert.match(html, /<meta charset="utf-8"\/?>/i);
  assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1"\/?>/);
  assert.match(html, /<title>Overview · Blueplane<\/title>/);
  assert.match(html, /<main><h1>Overview<\/h1><p>Hello<\/p><\/main>/);
  assert.match(html, /Version 0\.1\.0\b/);
});

Deno.test("Layout() says that it is not live, until the script says otherwise", () => {
  assert.match(render("Overview"), /data-live="off" role="status">not live</);
});

Deno.test("Layout() escapes its title", () => {
  const html = render("<b>&");

  assert.match(html, /<title>&lt;b&gt;&amp; · Blueplane<\/title>/);
  assert.match(html, /<h1>&lt;b&gt;&amp;<\/h1>/);
});

Deno.test("Layout() loads nothing from elsewhere", () => {
  assert.doesNotMatch(render("Overview"), /(src|href)="(https?:)?\/\//);
});

function render(title: string): string {
  return String(
    <Layout title={title} version="0.1.0">
      <p>Hello</p>
    </Layout>,
  );
}
