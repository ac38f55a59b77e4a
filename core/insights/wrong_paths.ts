/**
 * Files and folders that were asked for and are not there.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

const MISSING_MIN = 4;
/** Looking for something is no mistake; seldom finding it is. */
const SHARE_OVER = 0.05;

/** By tool. */
export const wrongPaths: SessionKind = {
  name: "errors.wrong_paths",
  type: "errors",
  counts: "missing",
  of: "calls of the tool",
  levels: { medium: 10, high: 20 },
  title: ({ member, count }) =>
    `${member} looked ${formatCount(count)} times for what is not there`,
  suggestion:
    "Write the layout of the project into the file of instructions that is read at the start",
  watch: () =>
    watchCallShare({
      isHit: ({ error }) => error === "not_found",
      hitsMin: MISSING_MIN,
      shareOver: SHARE_OVER,
    }),
};
