/**
 * A file that was edited again and again, most of what was written being taken away again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { Found, SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const EDITS_MIN = 8;
/** Less is soon written anew. */
const REMOVED_MIN = 40;
/** Of the lines that were written; to write a line anew takes one away. */
const REMOVED_SHARE_OVER = 0.5;

interface Edits {
  extension: string;
  at: number;
  untilAt: number;
  count: number;
  added: number;
  removed: number;
}

/** The file of each extension with the most edits; n is all edits of the session. */
export const churn: SessionKind = {
  name: "patterns.churn",
  type: "patterns",
  counts: "edits",
  amounts: "lines_removed",
  of: "edits",
  levels: { medium: 15, high: 30 },
  title: ({ member, count, amount = 0 }) =>
    `A file (${member}) was edited ${formatCount(count)} times, ${formatCount(amount)} lines ` +
    "being taken away again",
  suggestion:
    "Say what the file is to become as a whole, with an example or a test, before the " +
    "next edit",
  watch() {
    const files = new Map<number, Edits>();
    let n = 0;
    return {
      call({ at, isEdit, outcome, file, extension, linesAdded, linesRemoved }) {
        if (!isEdit || outcome !== "ok") return;
        n++;
        if (file === null || extension === null) return;
        const edits = files.get(file) ??
          { extension, at, untilAt: at, count: 0, added: 0, removed: 0 };
        files.set(file, edits);
        edits.untilAt = at;
        edits.count++;
        edits.added += linesAdded;
        edits.removed += linesRemoved;
      },
      found() {
        const worst = new Map<string, Found>();
        for (const { extension: member, at, untilAt, count, added, removed } of files.values()) {
          const isChurn = count >= EDITS_MIN && removed >= REMOVED_MIN &&
            surelyOver(Math.min(added, removed), added, REMOVED_SHARE_OVER);
          if (!isChurn || count <= (worst.get(member)?.count ?? 0)) continue;
          worst.set(member, { member, at, untilAt, count, n, amount: removed });
        }
        return [...worst.values()];
      },
    };
  },
};
