/** Tests of `web/layout.tsx`. */

import assert from "node:assert/strict";
import { Layout } from "../../web/layout.tsx";
import type { Page } from "../../web/page.ts";
import type { FilterName } from "../../web/page_address.ts";
import type { WebContext } from "../../web/web_context.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { pageRequest } from "./open_web.ts";

const PAGES = [
  { path: "/", title: "Overview" },
  { path: "/sessions", title: "Sessions" },
  { path: "/tools", title: "Tools" },
];

Deno.test("Layout() makes a whole document of its content", async () => {
  const html = await render({ path: "/", title: "Overview" });

  assert.match(html, /^<html lang="en">.*<\/html>$/s);
  assert.match(html, /<meta charset="utf-8"\/?>/i);
  assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1"\/?>/);
  assert.match(html, /<title>Overview · Blueplane<\/title>/);
  assert.match(html, /<main id="content" tabindex="-1"><h1>Overview<\/h1><p>Hello<\/p><\/main>/);
  assert.match(html, /Version 0\.1\.0\b/);
});

Deno.test("Layout() begins with a way past the navigation", async () => {
  const html = await render({ path: "/", title: "Overview" });

  assert.match(html, /<body[^>]*><a class="skip" href="#content">/);
});

Deno.test("Layout() marks the page on which one is, also from below it", async () => {
  const marked = async (path: string) =>
    [...(await render({ path, title: "x" })).matchAll(/aria-current="page">(\w+)</g)]
      .map(([, name]) => name);

  assert.deepEqual(await marked("/"), ["Overview"]);
  assert.deepEqual(await marked("/sessions/:id"), ["Sessions"]);
});

Deno.test("Layout() keeps what is chosen in links to other pages, and nothing else", async () => {
  const html = await render({ path: "/", title: "x" }, "/?period=7d&project=blueplane&by=model");

  assert.match(html, /<a href="\/tools\?period=7d&amp;project=blueplane">Tools/);
  assert.match(html, /data-socket="\/ws\/metrics\?period=7d&amp;project=blueplane"/);
});

Deno.test("Layout() names the WebSocket of its page, where that has one", async () => {
  const socket = () => "/ws/sessions/alpha";

  assert.match(
    await render({ path: "/sessions/:id", title: "x", socket }),
    /data-socket="\/ws\/sessions\/alpha"/,
  );
});

Deno.test("Layout() names the period of its page to a WebSocket that has another", async () => {
  const page = { path: "/acceptance", title: "x", usualPeriod: "30d" };

  assert.match(await render(page), /data-socket="\/ws\/metrics\?period=24h"/);
  assert.match(
    await render(page, "/?since=2026-01-01"),
    /data-socket="\/ws\/metrics\?since=2026-01-01"/,
  );
});

Deno.test("Layout() says that it is not live, until the script says otherwise", async () => {
  const html = await render({ path: "/", title: "Overview" });

  assert.match(html, /data-live="off" role="status">not live</);
});

Deno.test("Layout() escapes its title", async () => {
  const html = await render({ path: "/", title: "<b>&" });

  assert.match(html, /<title>&lt;b&gt;&amp; · Blueplane<\/title>/);
  assert.match(html, /<h1>&lt;b&gt;&amp;<\/h1>/);
});

Deno.test("Layout() loads nothing from elsewhere", async () => {
  const html = await render({ path: "/", title: "Overview" });

  assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
});

Deno.test("Layout() says on every page what is not captured", async () => {
  const page = { path: "/tools", title: "Tools" };

  const html = await render(page, "/tools", { captureNote: () => "paused" });

  assert.match(html, /<p class="note" data-section="capture" role="status">Capture is paused</);
  assert.doesNotMatch(await render(page), /data-section="capture"/);
});

Deno.test("Layout() says what of the address was not understood", async () => {
  const html = await render({ path: "/", title: "Overview" }, "/?period=nonsense");

  assert.match(
    html,
    /<p class="note" role="note">Cannot read &#39;period&#39; in the address: it is none of 1h/,
  );
  assert.match(html, /Shown is 24h\.<\/p>/);
  assert.doesNotMatch(html, /nonsense/);
});

async function render(
  page: Pick<Page, "path" | "title" | "usualPeriod" | "socket">,
  path = "/",
  more: Partial<WebContext> = {},
): Promise<string> {
  await using home = await filledHome();
  const filters: FilterName[] = [];
  return String(
    <Layout
      page={{ filters, ...page }}
      request={await pageRequest(home, path, more)}
      navigation={PAGES}
    >
      <p>Hello</p>
    </Layout>,
  );
}
