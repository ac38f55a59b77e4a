/**
 * Where the time went and how long things took, by group of a report.
 *
 * @module
 */

import { binnedPercentiles } from "../durations.ts";
import { TIME_COUNTS } from "../session_counts.ts";
import type { Digest } from "./digest.ts";
import { type Latency, latencyOf } from "./latency.ts";
import { countsOf } from "./sums.ts";
import { timeOf, type TimeReport } from "./time_report.ts";

/** Of one group; null where no time is known of such groups. */
export interface GroupTimes {
  readonly latency: Latency;
  readonly time: TimeReport | null;
}

/** Of a group in which nothing is timed. */
export const NO_TIMES: GroupTimes = { latency: latencyOf(new Map()), time: null };

/** The times of a group; those of a tool are of its calls alone. */
export function groupTimes(digest: Digest, isTool: boolean): GroupTimes {
  if (isTool) {
    const bins = [...digest.tools.values()].flat();
    return {
      latency: { ...NO_TIMES.latency, tool_ms: binnedPercentiles(bins) },
      time: null,
    };
  }
  const { time, durations, durationMs, activeMs } = digest;
  return {
    latency: latencyOf(durations),
    time: timeOf(countsOf(TIME_COUNTS, time, 0), durationMs, activeMs),
  };
}
