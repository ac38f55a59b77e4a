/**
 * How many lines an edit added and removed, counted from what stood there before and after it;
 * both texts are forgotten.
 *
 * @module
 */

/** Lines that are in one text and not in the other. */
export interface EditLines {
  readonly added: number;
  readonly removed: number;
}

/** Of larger texts the lines between the first and the last change count as changed. */
const CELLS_MAX = 4_000_000;

/** Compares line by line: what both have in the same order was neither added nor removed. */
export function countEditLines(before: string, after: string): EditLines {
  const [old, fresh] = withoutSameEnds(linesOf(before), linesOf(after));
  const same = old.length * fresh.length > CELLS_MAX ? 0 : sameLines(old, fresh);
  return { added: fresh.length - same, removed: old.length - same };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

function withoutSameEnds(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const least = Math.min(a.length, b.length);
  let start = 0, end = 0;
  while (start < least && a[start] === b[start]) start++;
  while (end < least - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** The length of a longest common subsequence. */
function sameLines(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  for (const line of a) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      row[j + 1] = line === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!);
    }
    above = row;
  }
  return above[b.length]!;
}
