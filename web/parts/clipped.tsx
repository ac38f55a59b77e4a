/**
 * A name that is cut where a table has no room for it, and whole where the pointer rests.
 *
 * @module
 */

/** @param isSmall whether it gives way sooner, as one of many columns */
export function Clipped(
  { name, isSmall }: { readonly name: string; readonly isSmall?: boolean },
) {
  return <span class={isSmall ? "clip small" : "clip"} title={name}>{name}</span>;
}
