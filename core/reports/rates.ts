/**
 * Rates that say how sure they are.
 *
 * @module
 */

/** A share between 0 and 1 with its number of trials and 95 % interval. */
export interface Rate {
  readonly value: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

/** `hits` of `n` with the Wilson score interval at 95 %; null without any trial. */
export function wilsonRate(hits: number, n: number): Rate | null {
  if (n <= 0) return null;
  const value = hits / n, z2 = Z * Z / n;
  const middle = value + z2 / 2;
  const spread = Z * Math.sqrt(value * (1 - value) / n + z2 / (4 * n));
  return {
    value: round(value),
    n,
    low: round(Math.max(0, (middle - spread) / (1 + z2))),
    high: round(Math.min(1, (middle + spread) / (1 + z2))),
  };
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
