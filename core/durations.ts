/**
 * Durations as counts by bin, which add up: percentiles of any sum of them are within 1 % of the
 * true ones (nearest rank), however many there are.
 *
 * Bins are those of the logarithmic mapping of DDSketch (Masson, Rim and Lee, "DDSketch", VLDB
 * 2019, section 2.1): bin i holds what is in (γ^(i−1), γ^i], with γ = (1 + α) ÷ (1 − α). They are
 * rows of counts, for blobs cannot be grouped in SQL, and a late call would write a whole blob
 * anew. Of `@datadog/sketches-js` these two formulas would be all that is used, and loading it
 * takes longer than the report.
 *
 * @module
 */

/** Percentiles in milliseconds, by nearest rank, and of how many. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly n: number;
}

/** What is measured beside calls of tools; the numbers are stored in place of a tool's. */
export const MEASURES = { turn_ms: -1, response_ms: -2, think_ms: -3 } as const;

// Whole milliseconds take the other half of the one percent.
const ACCURACY = 0.005;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** The bin of what takes no time. */
const ZERO_BIN = -1;

/** The bin of a duration in milliseconds. */
export function binOf(ms: number): number {
  return ms < 1 ? ZERO_BIN : Math.ceil(Math.log(ms) / LOG_GAMMA);
}

/**
 * The duration in whole milliseconds that stands for a bin: within 1 % of all that are in it, and
 * below 100 ms the very one.
 */
export function timeOf(bin: number): number {
  return bin === ZERO_BIN ? 0 : Math.round(2 * GAMMA ** bin / (GAMMA + 1));
}

/** The percentiles of counts by bin; null without any. */
export function binnedPercentiles(bins: ReadonlyMap<number, number>): Percentiles | null {
  const sorted = Float64Array.from(bins.keys()).sort();
  let n = 0;
  for (const count of bins.values()) n += count;
  if (n === 0) return null;
  let place = 0, seen = bins.get(sorted[0]!)!;
  // Shares rise from one to the next.
  const at = (share: number) => {
    const wanted = Math.ceil(share * n);
    while (seen < wanted) seen += bins.get(sorted[++place]!)!;
    return timeOf(sorted[place]!);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), n };
}
