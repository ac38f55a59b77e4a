/**
 * A name that is cut where a table has no room for it, and whole where the pointer rests. It is
 * cut before its end, by which names may be told apart.
 *
 * @module
 */

/** What is no longer is never cut, such as `app (40ad)`. */
const WHOLE_CHARACTERS = 11;
/** As many as ` (40ad)` has, behind the names of projects that are called alike. */
const END_CHARACTERS = 7;

/** @param isSmall whether it gives way sooner, as one of many columns */
export function Clipped(
  { name, isSmall }: { readonly name: string; readonly isSmall?: boolean },
) {
  const characters = [...name];
  const cut = characters.length > WHOLE_CHARACTERS ? characters.length - END_CHARACTERS : 0;
  return (
    <span class={isSmall ? "clip small" : "clip"} title={name}>
      {cut === 0 ? null : <span>{characters.slice(0, cut).join("")}</span>}
      {characters.slice(cut).join("")}
    </span>
  );
}
