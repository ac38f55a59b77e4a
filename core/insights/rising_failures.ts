/**
 * Calls that failed more often late in a session than early in it.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { wilsonRate } from "../reports/rates.ts";

/** In each half: of fewer nothing can be told. */
const CALLS_MIN = 30;

/** Failures in the second half, of its calls; amount is those in the first. */
export const risingFailures: SessionKind = {
  name: "errors.rising_failures",
  type: "errors",
  counts: "late_failures",
  amounts: "early_failures",
  of: "calls in the second half",
  levels: { medium: 20, high: 40 },
  title: ({ count, n, amount = 0 }) =>
    `Failures rose late in the session: ${formatCount(count)} of ${formatCount(n)} calls, ` +
    `${formatCount(amount)} before`,
  suggestion: "Begin a new session when errors pile up: what failed stays in the context",
  watch() {
    const calls: { at: number; failed: boolean }[] = [];
    return {
      call({ at, side, outcome }) {
        if (!side && outcome !== null) calls.push({ at, failed: outcome === "failed" });
      },
      found() {
        const half = Math.floor(calls.length / 2);
        if (half < CALLS_MIN) return [];
        const [early, late] = [calls.slice(0, half), calls.slice(half)];
        const failures = (part: typeof calls) => part.filter(({ failed }) => failed);
        const before = wilsonRate(failures(early).length, early.length)!;
        const after = wilsonRate(failures(late).length, late.length)!;
        if (after.low <= before.high) return [];
        const failed = failures(late);
        return [{
          at: failed[0]!.at,
          untilAt: failed.at(-1)!.at,
          count: failed.length,
          n: late.length,
          amount: failures(early).length,
        }];
      },
    };
  },
};
