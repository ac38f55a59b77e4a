/**
 * A part of a page with a heading. The script replaces it when something changed.
 *
 * @module
 */

import type { Child } from "hono/jsx";

/** The part; `id` is its own on its page. */
export function Section(
  { id, title, aside, children }: { id: string; title: string; aside?: Child; children: Child },
) {
  return (
    <section data-section={id} aria-labelledby={`${id}-title`}>
      <div class="heading">
        <h2 id={`${id}-title`}>{title}</h2>
        {aside ?? null}
      </div>
      {children}
    </section>
  );
}
