/**
 * A tool that failed again and again, with no other end of its calls in between.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { CallSeen, Found, SessionKind } from "../insight_rule.ts";

/** From so many on it is no chance. */
const STREAK_MIN = 3;
/** Whoever is away for longer does not wait for the tool. */
const PAUSE_MS = 300_000;

/** The calls of one tool. */
interface Calls {
  n: number;
  streak: CallSeen[];
  longest: CallSeen[];
}

/** The longest row of failures of each tool; n is how often the tool was called. */
export const repeatedFailures: SessionKind = {
  name: "errors.repeated_failures",
  type: "errors",
  counts: "streak",
  of: "calls of the tool",
  levels: { medium: 5, high: 8 },
  title: ({ member, count }) => `${member} failed ${formatCount(count)} times in a row`,
  suggestion: "Interrupt a tool that fails again and again, and say what it lacks: a file, a " +
    "program, a permission",
  watch() {
    const tools = new Map<string, Calls>();
    return {
      call(call) {
        // Sub-agents work beside each other, so that their calls make no row.
        if (call.side) return;
        const calls = tools.get(call.tool) ?? { n: 0, streak: [], longest: [] };
        tools.set(call.tool, calls);
        calls.n++;
        if (call.outcome === "failed") calls.streak.push(call);
        else calls.streak = [];
        if (calls.streak.length > calls.longest.length) calls.longest = calls.streak;
      },
      found: () =>
        tools.entries().filter(([, { longest }]) => longest.length >= STREAK_MIN)
          .map(([member, { n, longest }]): Found => ({
            member,
            at: longest[0]!.at,
            untilAt: longest.at(-1)!.at,
            count: longest.length,
            n,
            gain: { ms: timeSpent(longest) },
          })).toArray(),
    };
  },
};

/** From the first failure to the last one, without pauses. */
function timeSpent(calls: readonly CallSeen[]): number {
  return calls.slice(1).reduce((sum, { at }, i) => {
    const waited = at - calls[i]!.at;
    return waited > PAUSE_MS ? sum : sum + waited;
  }, 0);
}
