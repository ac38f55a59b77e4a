/**
 * Sessions whose context is large before anything was done: instructions, tools and servers of
 * tools fill it.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";

/** A quarter of a common context; the client's own instructions and tools take half of that. */
const TOKENS_MAX = 50_000;
/** One session may begin with a long text. */
const SESSIONS_MIN = 3;
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** The first response after one input; the gain is what each later response carries along. */
export const heavyStart: SessionKind = {
  name: "context.heavy_start",
  type: "context",
  counts: "tokens",
  of: "responses that carry it",
  levels: { medium: 70_000, high: 100_000 },
  sessionsMin: SESSIONS_MIN,
  // One whose first part is lost seems to begin with all that it held.
  shows: "middle",
  title: ({ count }) => `Sessions begin with ${formatCount(count)} tokens of context`,
  suggestion: "Turn off servers of tools that are not used here, and shorten the instructions " +
    "that are read at the start",
  watch(session) {
    let inputs = 0, n = 0;
    let first: { at: number; count: number } | undefined;
    return {
      input({ type }) {
        if (BEGINNINGS.has(type) && !first) inputs++;
      },
      response({ at, side, tokensKept, input, cacheRead, cacheCreation }) {
        if (side || !tokensKept) return;
        n++;
        first ??= { at, count: input + cacheRead + cacheCreation };
      },
      found() {
        // What was resumed begins with what it had before.
        if (!first || first.count <= TOKENS_MAX || inputs !== 1 || session.isFork()) return [];
        const tokens = (first.count - TOKENS_MAX) * n;
        return [{ ...first, untilAt: first.at, n, gain: { tokens } }];
      },
    };
  },
};
