/**
 * Whether a share is over a threshold, and not by chance.
 *
 * @module
 */

import { wilsonRate } from "../reports/rates.ts";

/** Whether the whole 95 % interval of `hits` of `n` lies over the share. */
export function surelyOver(hits: number, n: number, share: number): boolean {
  return (wilsonRate(hits, n)?.low ?? 0) > share;
}
