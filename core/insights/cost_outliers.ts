/**
 * Sessions that cost far more than the others of their project.
 *
 * @module
 */

import { formatMoney } from "../format.ts";
import type { WideKind } from "../insight_rule.ts";
import { medianOf, sessionCost } from "./session_cost.ts";

/** Of fewer nothing can be told. */
const SESSIONS_MIN = 20;
/** Two dollars, in millionths: less is nobody's trouble. */
const MICROS_MIN = 2_000_000;
/**
 * How many times the usual spread a cost lies over the median, in logarithms as costs are spread:
 * of a thousand sessions that differ by chance, one or two do.
 */
const SPREADS_MIN = 3;
/** Makes the median deviation of a normal distribution its standard deviation. */
const DEVIATION = 1.4826;
/** Where nearly all cost the same, a little more is no outlier. */
const FACTOR_MIN = 4;

/** One for each such session; the gain is what it cost above the median. */
export const costOutliers: WideKind = {
  name: "cost.outliers",
  type: "cost",
  counts: "cost_usd",
  amounts: "median_usd",
  of: "sessions of the project",
  // In millionths of a dollar.
  levels: { medium: 10_000_000, high: 30_000_000 },
  title: ({ count, amount = 0 }) =>
    `A session cost ${formatMoney(count / 1e6)}, where ${formatMoney(amount / 1e6)} is usual`,
  suggestion: "See with blueplane analyze what it was spent on; give such a task in parts",
  find(sessions) {
    const costs = sessions.flatMap((session) => {
      const count = sessionCost(session);
      return count === null || count === 0 ? [] : [{ session, count }];
    });
    if (costs.length < SESSIONS_MIN) return [];
    const logs = costs.map(({ count }) => Math.log(count)), middle = medianOf(logs);
    const spread = DEVIATION * medianOf(logs.map((log) => Math.abs(log - middle)));
    const limit = Math.exp(middle + Math.max(SPREADS_MIN * spread, Math.log(FACTOR_MIN)));
    const amount = Math.round(Math.exp(middle));
    return costs.filter(({ count }) => count > limit && count >= MICROS_MIN)
      .map(({ session, count }) => ({
        session,
        at: session.startedAt,
        untilAt: session.endedAt,
        count,
        n: costs.length,
        amount,
        gain: { micros: count - amount },
      }));
  },
};
