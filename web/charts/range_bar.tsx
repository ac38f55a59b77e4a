/**
 * From where to where most of some durations lie: from the middle to the slowest hundredth, on a
 * scale on which equal steps are equal factors.
 *
 * @module
 */

import type { Percentiles } from "../../core/durations.ts";
import { short } from "./scale.ts";

const WIDTH = 160, HEIGHT = 12, SIDE = 4;
/** A hundredth of a second to ten minutes, where one of them is in between. */
const MARKS = [10, 100, 1000, 10_000, 60_000, 600_000];

/** The shortest and the longest of what is shown together. */
export interface RangeScale {
  readonly low: number;
  readonly high: number;
}

/** A scale that holds them all, and a factor of ten at least. */
export function rangeScale(all: readonly Percentiles[]): RangeScale {
  const low = Math.max(1, Math.min(...all.map(({ p50 }) => p50)));
  return { low, high: Math.max(low * 10, ...all.map(({ p99 }) => p99)) };
}

/** The bar of durations in milliseconds; it says nothing that is not beside it. */
export function RangeBar({ times, scale }: { times: Percentiles; scale: RangeScale }) {
  const { low, high } = scale, { p50, p95, p99 } = times;
  const at = (ms: number) => {
    const share = Math.log(Math.max(low, ms) / low) / Math.log(high / low);
    return short(SIDE + Math.min(1, share) * (WIDTH - 2 * SIDE));
  };
  const marks = MARKS.filter((ms) => ms > low && ms < high);
  return (
    <svg class="range" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path class="scale" d={marks.map((ms) => `M${at(ms)} 0v12`).join("")} />
      <path class="reach" d={`M${at(p50)} 6H${at(p99)}M${at(p99)} 3v6`} />
      <path class="most" d={`M${at(p50)} 6H${at(p95)}`} />
      <circle class="middle" cx={at(p50)} cy="6" r="3.5" />
    </svg>
  );
}
