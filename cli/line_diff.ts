/**
 * The difference of two texts, line by line, as `diff -u` shows it.
 *
 * @module
 */

import { createTwoFilesPatch, OMIT_HEADERS } from "diff";

const CONTEXT_LINES = 3;

/**
 * Hunks of changed lines with three others around them, without the head that names files; empty
 * for equal texts. How lines end tells no difference.
 */
export function lineDiff(before: string, after: string): string[] {
  const patch = createTwoFilesPatch("", "", before, after, undefined, undefined, {
    context: CONTEXT_LINES,
    stripTrailingCr: true,
    headerOptions: OMIT_HEADERS,
  });
  return patch.split("\n").filter((line) => line !== "");
}
