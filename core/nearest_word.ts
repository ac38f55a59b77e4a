/**
 * The word that somebody may have meant.
 *
 * @module
 */

/** Fewer letters begin too many words. */
const BEGINNING_MIN = 3;

/**
 * The word that differs in the fewest letters, if few enough do; two that changed places count as
 * one. Else the first that begins so, or that holds it.
 *
 * @param differMax how many letters may differ
 */
export function nearestWord(
  word: string,
  words: readonly string[],
  differMax = Math.max(2, word.length / 3),
): string | undefined {
  const scored = words.map((known) => ({ known, distance: editDistance(word, known) }));
  const longer = ({ known }: { known: string }) => Math.abs(known.length - word.length);
  const [best] = scored.sort((a, b) => a.distance - b.distance || longer(a) - longer(b));
  if (best && best.distance <= differMax) return best.known;
  if (word.length < BEGINNING_MIN) return undefined;
  return words.find((known) => known.startsWith(word)) ??
    words.find((known) => known.includes(word));
}

/** The distance of optimal string alignment. */
function editDistance(a: string, b: string): number {
  let before: number[] = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(other, row[j]! + 1, next[j - 1]! + 1, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
