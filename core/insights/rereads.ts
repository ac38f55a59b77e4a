/**
 * Files that were read as a whole once more, though they stood unchanged in the context.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const REREADS_MIN = 5;
/** Once in a while a look is safer than memory. */
const SHARE_OVER = 0.15;
const CHARACTERS_PER_TOKEN = 4;

/** In the main thread; n is its reads of whole files, the gain is what the needless ones gave. */
export const rereads: SessionKind = {
  name: "context.rereads",
  type: "context",
  counts: "rereads",
  of: "reads of whole files",
  levels: { medium: 10, high: 25 },
  title: ({ count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} reads were of files that had not changed`,
  suggestion: "Say that a file is known already, or have the part named that is wanted",
  watch() {
    /** Files that stand in the context as they are. */
    const known = new Set<number>();
    const times: number[] = [];
    let n = 0, tokens = 0;
    return {
      input({ type }) {
        if (type === "context_compact" || type === "context_clear") known.clear();
      },
      call({ at, side, isEdit, outcome, file, form, resultCharacters }) {
        if (side || file === null || outcome !== "ok") return;
        // After an edit somebody may want to see what became of it.
        if (isEdit) known.delete(file);
        if (form !== "whole") return;
        n++;
        if (known.has(file)) {
          times.push(at);
          tokens += Math.round((resultCharacters ?? 0) / CHARACTERS_PER_TOKEN);
        }
        known.add(file);
      },
      found() {
        const count = times.length;
        if (count < REREADS_MIN || !surelyOver(count, n, SHARE_OVER)) return [];
        const gain = tokens > 0 ? { gain: { tokens } } : {};
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n, ...gain }];
      },
    };
  },
};
