/**
 * What is said instead of numbers, or beside them.
 *
 * @module
 */

import type { Child } from "hono/jsx";

/** Why there is nothing to show. */
export function Empty({ children }: { children: Child }) {
  return <p class="empty">{children}</p>;
}

/** A remark on what stands near it; nothing where there is nothing to say. */
export function Note({ children, section }: { children: Child; section?: string }) {
  return (
    <p class="note" role="note" {...(section === undefined ? {} : { "data-section": section })}>
      {children}
    </p>
  );
}
