/**
 * Files that were changed though nothing of them had been read in the session.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const BLIND_MIN = 4;
/** A command may have shown some of them. */
const SHARE_OVER = 0.25;
/** With more than that, a session goes on from where another one ended. */
const START_TOKENS_MAX = 60_000;
/** Of these each makes a file, or knows all of it. */
const WRITERS: ReadonlySet<string> = new Set(["Write", "write", "create_file"]);

/** Files; n is all that were changed and not made here. */
export const blindEdits: SessionKind = {
  name: "patterns.blind_edits",
  type: "patterns",
  counts: "files",
  of: "changed files",
  levels: { medium: 8, high: 16 },
  title: ({ count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} files were changed without being read before`,
  suggestion:
    "Have files read before they are changed: what is known of them otherwise is a guess",
  watch(session) {
    const known = new Set<number>(), changed = new Set<number>();
    const times: number[] = [];
    let start: number | undefined, isStartKnown = true;
    return {
      response({ side, tokensKept, input, cacheRead, cacheCreation }) {
        if (!tokensKept) isStartKnown = false;
        if (!side) start ??= input + cacheRead + cacheCreation;
      },
      call({ at, tool, isEdit, outcome, file }) {
        if (file === null || outcome !== "ok") return;
        if (isEdit && !WRITERS.has(tool) && !changed.has(file)) {
          changed.add(file);
          if (!known.has(file)) times.push(at);
        }
        known.add(file);
        // A file that was made here is known, and no file that was changed.
        if (WRITERS.has(tool)) changed.add(file);
      },
      found() {
        const count = times.length, n = changed.size;
        if (count < BLIND_MIN || !surelyOver(count, n, SHARE_OVER)) return [];
        // What was resumed has read them where it came from.
        if (!isStartKnown || (start ?? 0) > START_TOKENS_MAX || session.isFork()) return [];
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n }];
      },
    };
  },
};
