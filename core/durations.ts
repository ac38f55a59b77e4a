/**
 * Durations as counts by bin, which add up: percentiles of any sum of them (nearest rank), the
 * least, the greatest and the mean are within 1 % of the true ones, however many there are.
 *
 * Bins are those of the logarithmic mapping of DDSketch (Masson, Rim and Lee, "DDSketch", VLDB
 * 2019, section 2.1): bin i holds what is in (γ^(i−1), γ^i], with γ = (1 + α) ÷ (1 − α). They are
 * rows of counts, for blobs cannot be grouped in SQL, and a late call would write a whole blob
 * anew. Of `@datadog/sketches-js` these two formulas would be all that is used, and loading it
 * takes longer than the report.
 *
 * @module
 */

/** Times in milliseconds, percentiles by nearest rank, and of how many. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly n: number;
}

/** What is measured beside calls of tools; the numbers are stored in place of a tool's. */
export const MEASURES = {
  turn_ms: -1,
  response_ms: -2,
  think_ms: -3,
  first_call_ms: -4,
} as const;

// Whole milliseconds take the other half of the one percent.
const ACCURACY = 0.005;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** The bin of what takes no time. */
const ZERO_BIN = -1;
/** Of some 20 hours. */
const BINS_USUAL = 2048;
/** Numbers of lists that are joined without an array of all bins. */
const FEW = 256;

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

/** Counts by bin, the least first: by how much the bin rises, and its count. */
export type BinList = readonly number[];

/** The counts of several lists, in one. */
export function joinBins(lists: readonly BinList[]): BinList {
  if (lists.length < 2) return lists[0] ?? [];
  if (lists.reduce((sum, { length }) => sum + length, 0) < FEW) return joinFew(lists);
  let counts = new Float64Array(BINS_USUAL);
  for (const list of lists) {
    for (let i = 0, bin = 0; i < list.length; i += 2) {
      const place = (bin += list[i]!) - ZERO_BIN;
      if (place >= counts.length) {
        const longer = new Float64Array(2 * place);
        longer.set(counts);
        counts = longer;
      }
      counts[place]! += list[i + 1]!;
    }
  }
  const joined: number[] = [];
  for (let place = 0, before = 0; place < counts.length; place++) {
    if (counts[place] === 0) continue;
    joined.push(place + ZERO_BIN - before, counts[place]!);
    before = place + ZERO_BIN;
  }
  return joined;
}

/** Where most bins would be empty. */
function joinFew(lists: readonly BinList[]): BinList {
  const counts = new Map<number, number>();
  for (const list of lists) {
    for (let i = 0, bin = 0; i < list.length; i += 2) {
      bin += list[i]!;
      counts.set(bin, (counts.get(bin) ?? 0) + list[i + 1]!);
    }
  }
  const joined: number[] = [];
  let before = 0;
  for (const bin of [...counts.keys()].sort((a, b) => a - b)) {
    joined.push(bin - before, counts.get(bin)!);
    before = bin;
  }
  return joined;
}

/** The percentiles of counts by bin; null without any. */
export function binnedPercentiles(lists: readonly BinList[]): Percentiles | null {
  const list = joinBins(lists);
  let n = 0, sum = 0, last = 0;
  for (let i = 0; i < list.length; i += 2) {
    n += list[i + 1]!;
    sum += timeOf(last += list[i]!) * list[i + 1]!;
  }
  if (n === 0) return null;
  let place = 0, bin = list[0]!, seen = list[1]!;
  // Shares rise from one to the next.
  const at = (share: number) => {
    const wanted = Math.ceil(share * n);
    while (seen < wanted) {
      place += 2;
      bin += list[place]!;
      seen += list[place + 1]!;
    }
    return timeOf(bin);
  };
  const ends = { min: timeOf(list[0]!), mean: Math.round(sum / n), max: timeOf(last) };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), ...ends, n };
}
