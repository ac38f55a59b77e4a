/**
 * Binary search in what is sorted.
 *
 * @module
 */

/**
 * How many at the beginning of a list are before a place, where none behind the first that is not
 * is before it.
 */
export function partitionPoint<T>(sorted: ArrayLike<T>, isBefore: (value: T) => boolean): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
