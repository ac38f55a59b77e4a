/**
 * Parameters of its own in the address of a page, of which those are left that could be read.
 *
 * @module
 */

import type { PageRequest } from "./page.ts";

/** Where they stand. */
type Asked = Pick<PageRequest, "url">;

/** One of a list; `all` is none. */
export function wordQuery<T extends string>(
  asked: Asked,
  name: string,
  words: readonly T[],
): T | undefined {
  return words.find((word) => word === textQuery(asked, name));
}

/** A text; undefined where none is told. */
export function textQuery({ url }: Asked, name: string): string | undefined {
  return url.searchParams.get(name) || undefined;
}

/** A whole number; 0 where none is told. */
export function numberQuery(asked: Asked, name: string): number {
  return Number(textQuery(asked, name) ?? 0);
}
