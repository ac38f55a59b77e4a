/**
 * The page for a browser that has no token: a link from the terminal brings it.
 *
 * @module
 */

import { raw } from "hono/html";

/** The whole document. */
export function signInPage() {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>Token needed · Blueplane</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/app.css" />
          <script src="/assets/sign_in.js" type="module"></script>
        </head>
        <body>
          <header>
            <span class="brand">Blueplane</span>
          </header>
          <main>
            <h1>A token is needed</h1>
            <section>
              <p data-sign-in role="status">
                This dashboard opens by a link that holds its token. <code>blueplane status</code>
                {" "}
                shows the link.
              </p>
              <noscript>
                <p>The link works with JavaScript only; a script sends the token as a bearer.</p>
              </noscript>
            </section>
          </main>
        </body>
      </html>
    </>
  );
}
