/**
 * Money spent on calls of a tool that failed.
 *
 * @module
 */

import { formatCount, formatMoney } from "../format.ts";
import type { WideKind } from "../insight_rule.ts";
import { findSpentWork } from "./spent_work.ts";

/** Programs fail as a part of the work: every tenth call may. */
const FAILED_MIN = 10, SHARE_OVER = 0.1;

/** By tool, over the sessions of a project. */
export const failedWork: WideKind = {
  name: "cost.failed_work",
  type: "cost",
  counts: "failed_usd",
  amounts: "failed",
  of: "ended calls of the tool",
  // In millionths of a dollar.
  levels: { medium: 5_000_000, high: 20_000_000 },
  title: ({ member, count, n, amount = 0 }) =>
    `Calls of ${member} that failed cost ${formatMoney(count / 1e6)}: ` +
    `${formatCount(amount)} of ${formatCount(n)}`,
  suggestion: "Look at the classes of its errors, and write down for the project what avoids " +
    "the most frequent one",
  find: (sessions) =>
    findSpentWork(sessions, {
      callsOf: ({ failed }) => failed,
      microsOf: ({ failedMicros }) => failedMicros,
      callsMin: FAILED_MIN,
      shareOver: SHARE_OVER,
    }),
};
