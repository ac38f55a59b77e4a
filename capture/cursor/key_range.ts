/**
 * Ranges of keys in an index.
 *
 * @module
 */

/** The first text behind all that begin with this one, which ends with no highest character. */
export function afterAll(prefix: string): string {
  const end = prefix.length - 1;
  return prefix.slice(0, end) + String.fromCharCode(prefix.charCodeAt(end) + 1);
}
