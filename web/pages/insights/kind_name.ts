/**
 * What a kind of findings is called among people; commands and JSON call it by its id.
 *
 * @module
 */

/** `large context` of `context.large_context`. */
export function kindName(kind: string): string {
  return kind.slice(kind.indexOf(".") + 1).replaceAll("_", " ");
}
