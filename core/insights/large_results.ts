/**
 * Results so large that they crowd the context.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { Found, SessionKind } from "../insight_rule.ts";

/** What a token is of, on average. */
const CHARACTERS_PER_TOKEN = 4;
/** A twentieth of a common context. */
const TOKENS_MAX = 10_000;
const LARGE_MIN = 3;

interface Results {
  n: number;
  count: number;
  tokensOver: number;
  at: number;
  untilAt: number;
}

/** By tool; the gain is what each of them has over the limit. */
export const largeResults: SessionKind = {
  name: "context.large_results",
  type: "context",
  counts: "large",
  of: "results of the tool",
  levels: { medium: 6, high: 15 },
  title: ({ member, count, n }) =>
    `${formatCount(count)} of ${formatCount(n)} results of ${member} had over ` +
    `${formatCount(TOKENS_MAX)} tokens`,
  suggestion: "Have less asked for: a part of the file, a filter, the last lines of a log",
  watch() {
    const tools = new Map<string, Results>();
    return {
      call({ at, side, tool, resultCharacters }) {
        // What a sub-agent reads is its own context.
        if (side || resultCharacters === null) return;
        const results = tools.get(tool) ?? { n: 0, count: 0, tokensOver: 0, at, untilAt: at };
        tools.set(tool, results);
        results.n++;
        const over = Math.round(resultCharacters / CHARACTERS_PER_TOKEN) - TOKENS_MAX;
        if (over <= 0) return;
        if (results.count === 0) results.at = at;
        results.count++;
        results.tokensOver += over;
        results.untilAt = at;
      },
      found: () =>
        tools.entries().filter(([, { count }]) => count >= LARGE_MIN)
          .map(([member, { n, count, tokensOver, at, untilAt }]): Found => ({
            member,
            at,
            untilAt,
            count,
            n,
            gain: { tokens: tokensOver },
          })).toArray(),
    };
  },
};
