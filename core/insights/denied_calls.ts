/**
 * A tool that was tried again and again where the rules of permission forbid it.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

/** From then on it does not learn from the answer. */
const DENIED_MIN = 3;

/** By tool. */
export const deniedCalls: SessionKind = {
  name: "patterns.denied_calls",
  type: "patterns",
  counts: "denied",
  of: "calls of the tool",
  levels: { medium: 6, high: 12 },
  title: ({ member, count }) =>
    `${formatCount(count)} calls of ${member} were forbidden by your rules`,
  suggestion:
    "Allow what may be done in the settings of permissions, and write down what is to be used " +
    "instead of the rest",
  watch: () =>
    watchCallShare({
      isHit: ({ outcome }) => outcome === "permission_denied",
      hitsMin: DENIED_MIN,
    }),
};
