/**
 * Differences of two rates that say how sure they are.
 *
 * @module
 */

import { type Rate } from "./rates.ts";

/** One rate minus another, with its 95 % interval. */
export interface RateDifference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Whether the interval leaves 0 out. */
  readonly clear: boolean;
}

/**
 * The difference with the hybrid score interval of two independent rates (R. G. Newcombe, 1998,
 * method 10), made of the Wilson intervals of both.
 */
export function rateDifference(a: Rate, b: Rate): RateDifference {
  const value = a.value - b.value;
  const low = value - Math.hypot(a.value - a.low, b.high - b.value);
  const high = value + Math.hypot(a.high - a.value, b.value - b.low);
  return { value: round(value), low: round(low), high: round(high), clear: low > 0 || high < 0 };
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
