/**
 * What the cache did to the cost: reading from it is cheaper than plain input, writing to it is
 * dearer. The difference of both can be less than nothing.
 *
 * @module
 */

import type { MODEL_COUNTS } from "../session_counts.ts";
import type { Counts } from "./sums.ts";

/** Dollars, by the prices that held at each response. */
export interface CacheSaving {
  /** `reads_saved_usd − writes_extra_usd`: without a cache all would have cost so much more. */
  readonly saved_usd: number;
  readonly reads_saved_usd: number;
  readonly writes_extra_usd: number;
}

/** The saving of models; null where none of their tokens has a price. */
export function cacheSavingOf(
  models: Iterable<Counts<typeof MODEL_COUNTS[number]>>,
): CacheSaving | null {
  let reads = 0, writes = 0, priced = 0;
  for (const counts of models) {
    reads += counts.cache_read_saved_micros;
    writes += counts.cache_write_extra_micros;
    priced += counts.priced_tokens;
  }
  if (priced === 0) return null;
  return {
    saved_usd: (reads - writes) / 1e6,
    reads_saved_usd: reads / 1e6,
    writes_extra_usd: writes / 1e6,
  };
}
