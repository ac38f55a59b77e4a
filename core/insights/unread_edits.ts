/**
 * Edits that the client refused, as the file had not been read before.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { watchCallShare } from "./call_share.ts";

const REFUSED_MIN = 3;
/** Now and then it happens to anybody. */
const SHARE_OVER = 0.02;

/** By tool. */
export const unreadEdits: SessionKind = {
  name: "errors.unread_edits",
  type: "errors",
  counts: "refused",
  of: "calls of the tool",
  levels: { medium: 6, high: 12 },
  title: ({ member, count }) =>
    `${member} was refused ${formatCount(count)} times for files that were not read before`,
  suggestion: "Name the files that a task is about, so that they are read first",
  watch: () =>
    watchCallShare({
      isHit: ({ error }) => error === "file_not_read",
      hitsMin: REFUSED_MIN,
      shareOver: SHARE_OVER,
    }),
};
