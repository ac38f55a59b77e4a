/**
 * Calls that ran until their time was over.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

/** One may be chance; the second time was spent for nothing. */
const TIMEOUTS_MIN = 2;

/** By tool; what they waited could have been spared. */
export const timeouts: SessionKind = {
  name: "errors.timeouts",
  type: "errors",
  counts: "timeouts",
  of: "calls of the tool",
  levels: { medium: 4, high: 8 },
  title: ({ member, count }) => `${member} ran out of time ${formatCount(count)} times`,
  suggestion: "Have what takes long run in the background, or give it a limit of its own",
  watch: () =>
    watchCallShare({
      isHit: ({ error }) => error === "timeout",
      hitsMin: TIMEOUTS_MIN,
      msOf: ({ at, resolvedAt, durationMs }) =>
        durationMs ?? Math.max(0, (resolvedAt ?? at) - at),
    }),
};
