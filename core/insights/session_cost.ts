/**
 * What a session cost, and with which model it was done.
 *
 * @module
 */

import type { SessionTotals } from "../insight_rule.ts";

/** In millionths of a dollar; null where a part of it has no price. */
export function sessionCost({ models }: SessionTotals): number | null {
  let sum = 0;
  for (const { micros } of models.values()) {
    if (micros === null) return null;
    sum += micros;
  }
  return sum;
}

/** The middle of numbers; 0 of none. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b), middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
