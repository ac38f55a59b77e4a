/**
 * Edits whose text to be replaced was not in the file, or stood there more than once.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

const MISMATCHES: ReadonlySet<string> = new Set([
  "text_not_found",
  "text_ambiguous",
  "file_modified",
  "no_change",
]);
const MISMATCHES_MIN = 4;
/** Now and then one fails, and is right the next time. */
const SHARE_OVER = 0.05;

/** By tool; each such edit costs at least one more response. */
export const editMismatches: SessionKind = {
  name: "errors.edit_mismatches",
  type: "errors",
  counts: "mismatches",
  of: "calls of the tool",
  levels: { medium: 8, high: 15 },
  title: ({ member, count, n }) =>
    `${member} missed its place ${formatCount(count)} times in ${formatCount(n)} calls`,
  suggestion: "Have a file read again before it is edited, when something else changes it: a " +
    "formatter, you, another session",
  watch: () =>
    watchCallShare({
      isHit: ({ error }) => error !== null && MISMATCHES.has(error),
      hitsMin: MISMATCHES_MIN,
      shareOver: SHARE_OVER,
    }),
};
