/**
 * Minutes in which much failed, whatever tool was tried.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

/** As long as one can look on. */
const WINDOW_MS = 600_000;
const FAILURES_MIN = 8;
/** More than that fails while something is tried out, too. */
const SHARE_OVER = 1 / 3;

/** The ten minutes with the most failures; n is the calls that ended in them. */
export const retryStorm: SessionKind = {
  name: "errors.retry_storm",
  type: "errors",
  counts: "failures",
  of: "calls in these minutes",
  levels: { medium: 12, high: 20 },
  title: ({ count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} calls failed within ten minutes`,
  suggestion: "Stop, and clear up what they have in common before the next try; going back to " +
    "an earlier point of the session costs less than going on",
  watch() {
    let calls: { at: number; failed: boolean }[] = [];
    // The window begins with the first of them; what stands before it goes now and then.
    let first = 0, failures = 0;
    let worst: typeof calls = [], worstFailures = 0;
    return {
      call({ at, outcome, side }) {
        if (side || outcome === null) return;
        const failed = outcome === "failed";
        calls.push({ at, failed });
        if (failed) failures++;
        for (; at - calls[first]!.at >= WINDOW_MS; first++) if (calls[first]!.failed) failures--;
        if (first > calls.length / 2) [calls, first] = [calls.slice(first), 0];
        const n = calls.length - first;
        if (failures <= worstFailures || !surelyOver(failures, n, SHARE_OVER)) return;
        worstFailures = failures;
        worst = calls.slice(first);
      },
      found() {
        if (worstFailures < FAILURES_MIN) return [];
        const failures = worst.filter(({ failed }) => failed);
        const at = failures[0]!.at, untilAt = failures.at(-1)!.at;
        return [{
          at,
          untilAt,
          count: worstFailures,
          n: worst.length,
          gain: { ms: untilAt - at },
        }];
      },
    };
  },
};
