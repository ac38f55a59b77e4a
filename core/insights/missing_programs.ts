/**
 * Commands that called a program which this machine does not have.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

/** The first try finds out, the second one should know. */
const MISSING_MIN = 3;

/** By tool. */
export const missingPrograms: SessionKind = {
  name: "errors.missing_programs",
  type: "errors",
  counts: "missing",
  of: "calls of the tool",
  levels: { medium: 5, high: 10 },
  title: ({ member, count }) =>
    `${member} called programs that are not installed, ${formatCount(count)} times`,
  suggestion:
    "Install what is called for, or write down which programs this project uses instead",
  watch: () =>
    watchCallShare({
      isHit: ({ error }) => error === "command_not_found",
      hitsMin: MISSING_MIN,
    }),
};
