/**
 * Names as they can be shown, in a terminal and on a page alike.
 *
 * @module
 */

/** What is obeyed and not shown, a name that is blank as a whole. */
const NOT_SHOWN = /^[\s\p{DI}]+$|[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name may hold anything; what would be obeyed, or not be seen, is shown as a sign. */
export function printable(text: string): string {
  return text.replace(NOT_SHOWN, "\ufffd");
}
