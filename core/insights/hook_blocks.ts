/**
 * A tool whose calls a hook blocked again and again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

/** From then on it does not learn from the answer. */
const BLOCKED_MIN = 3;

/** By tool. */
export const hookBlocks: SessionKind = {
  name: "patterns.hook_blocks",
  type: "patterns",
  counts: "blocked",
  of: "calls of the tool",
  levels: { medium: 6, high: 12 },
  title: ({ member, count, n }) =>
    `A hook blocked ${formatCount(count)} of ${formatCount(n)} calls of ${member}`,
  suggestion: "Let the hook say what to do instead, or write down what it forbids",
  watch: () =>
    watchCallShare({
      isHit: ({ outcome }) => outcome === "hook_blocked",
      hitsMin: BLOCKED_MIN,
    }),
};
