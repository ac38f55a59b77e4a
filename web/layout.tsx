/**
 * The frame of every page.
 *
 * @module
 */

import type { Child } from "hono/jsx";

/** A whole document around its content. */
export function Layout(
  { title, version, children }: { title: string; version: string; children: Child },
) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Blueplane`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/app.css" />
        <script src="/assets/app.js" type="module"></script>
      </head>
      <body>
        <header>
          <a class="brand" href="/">Blueplane</a>
          <span class="live" data-live="off" role="status">not live</span>
        </header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
        <footer>
          Version {version}. Everything here comes from this machine and stays on it.
        </footer>
      </body>
    </html>
  );
}
