/**
 * A row of links of which one is where the reader is.
 *
 * @module
 */

/** One of the links. */
export interface Tab {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** The row; `label` says to a screen reader what it chooses. */
export function Tabs({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {items.map(({ name, href, isCurrent }) => (
        <a href={href} {...(isCurrent ? { "aria-current": "true" as const } : {})}>{name}</a>
      ))}
    </nav>
  );
}
