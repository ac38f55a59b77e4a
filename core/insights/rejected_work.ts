/**
 * Money spent on calls of a tool that a person then turned down.
 *
 * @module
 */

import { formatCount, formatMoney } from "../format.ts";
import type { WideKind } from "../insight_rule.ts";
import { findSpentWork } from "./spent_work.ts";

/** To say no is what the question is for; but not every other time. */
const REJECTED_MIN = 5, SHARE_OVER = 0.1;

/** By tool, over the sessions of a project. */
export const rejectedWork: WideKind = {
  name: "cost.rejected_work",
  type: "cost",
  counts: "rejected_usd",
  amounts: "rejected",
  of: "ended calls of the tool",
  // In millionths of a dollar.
  levels: { medium: 5_000_000, high: 20_000_000 },
  title: ({ member, count, n, amount = 0 }) =>
    `Calls of ${member} that you turned down cost ${formatMoney(count / 1e6)}: ` +
    `${formatCount(amount)} of ${formatCount(n)}`,
  suggestion: "Say first what must not be done, or have a plan made and agree on it: what is " +
    "turned down is paid for all the same",
  find: (sessions) =>
    findSpentWork(sessions, {
      callsOf: ({ rejected }) => rejected,
      microsOf: ({ rejectedMicros }) => rejectedMicros,
      callsMin: REJECTED_MIN,
      shareOver: SHARE_OVER,
    }),
};
