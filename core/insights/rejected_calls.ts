/**
 * A tool whose calls a person turned down again and again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

/** These exist to be answered with no as well. */
const QUESTIONS: ReadonlySet<string> = new Set(["AskUserQuestion", "ExitPlanMode"]);
const REJECTED_MIN = 3;
/** To say no is what the question is for; but not every other time. */
const SHARE_OVER = 0.1;

/** By tool. */
export const rejectedCalls: SessionKind = {
  name: "patterns.rejected_calls",
  type: "patterns",
  counts: "rejected",
  of: "calls of the tool",
  levels: { medium: 6, high: 12 },
  title: ({ member, count, n }) =>
    `You turned down ${formatCount(count)} of ${formatCount(n)} calls of ${member}`,
  suggestion: "Have a plan made first, and say in it what must not be done",
  watch: () =>
    watchCallShare({
      isHit: ({ tool, outcome }) => outcome === "rejected" && !QUESTIONS.has(tool),
      hitsMin: REJECTED_MIN,
      shareOver: SHARE_OVER,
    }),
};
