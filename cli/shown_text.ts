/**
 * What is said below the part of a list.
 *
 * @module
 */

/** Says which of all are shown, `offset` being how many come before them. */
export function shownText(offset: number, shown: number, total: number): string {
  const first = offset + 1, last = offset + shown;
  return `showing ${first === last ? `no. ${first}` : `${first}–${last}`} of ${total}; ` +
    "-n 0 shows all";
}
