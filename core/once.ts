/**
 * Works something out when it is asked for first, and never again.
 *
 * @module
 */

/** A function that gives what the first call of `make` gave. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
