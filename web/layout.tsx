/**
 * The frame of every page: where one is, whether it is alive, and what narrows it down.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { hrefOf, type Page, type PageRequest } from "./page.ts";
import { FilterBar } from "./parts/filter_bar.tsx";
import { Note } from "./parts/note.tsx";

/** What a document is made of. */
export interface LayoutProps {
  readonly page: Pick<Page, "path" | "title" | "titleOf" | "filters" | "usualPeriod" | "socket">;
  readonly request: PageRequest;
  /** All that can be gone to. */
  readonly navigation: readonly Pick<Page, "path" | "title">[];
  readonly children: Child;
}

/** A whole document around its content. */
export function Layout({ page, request, navigation, children }: LayoutProps) {
  const { filters } = page, title = page.titleOf?.(request) ?? page.title;
  // The socket has a usual period of its own, which is not that of every page, and takes none
  // beside two moments.
  const { periodName = null } = request;
  const isItsUsual = page.usualPeriod === undefined && periodName !== null;
  const socket = page.socket?.(request) ??
    hrefOf(request, isItsUsual ? {} : { period: periodName }, "/ws/metrics");
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
      <body data-socket={socket}>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <a class="brand" href={hrefOf(request, {}, "/")}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <rect class="s1" x="2" y="9" width="4" height="9" rx="1" />
              <rect class="s1" x="8" y="3" width="4" height="15" rx="1" />
              <rect class="s1" x="14" y="6" width="4" height="12" rx="1" />
            </svg>
            Blueplane
          </a>
          <span class="live" data-live="off" role="status">not live</span>
          <Navigation current={page.path} request={request} pages={navigation} />
        </header>
        <main id="content" tabindex={-1}>
          <h1>{title}</h1>
          <CaptureNote note={request.context.captureNote?.()} />
          {request.misread.map((text) => <Note>{text}</Note>)}
          <FilterBar request={request} filters={filters} />
          {children}
        </main>
        <footer>
          Version{" "}
          {request.context.version}. Everything here comes from this machine and stays on it.
        </footer>
      </body>
    </html>
  );
}

/** What is left out stays out: on every page it is said that something is. */
function CaptureNote({ note }: { note: string | undefined }) {
  return note === undefined
    ? null
    : <p class="note" data-section="capture" role="status">Capture is {note}</p>;
}

function Navigation(
  { current, request, pages }: {
    current: string;
    request: PageRequest;
    pages: LayoutProps["navigation"];
  },
) {
  return (
    <nav class="pages" aria-label="Pages">
      {pages.map(({ path, title }) => (
        <a
          href={hrefOf(request, {}, path)}
          {...(isWithin(current, path) ? { "aria-current": "page" as const } : {})}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

/** A page below another is part of it: one session of the sessions. */
function isWithin(current: string, path: string): boolean {
  return current === path || path !== "/" && current.startsWith(`${path}/`);
}
