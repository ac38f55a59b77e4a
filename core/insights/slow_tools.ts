/**
 * A tool for which the session waited for long, as the client measured it.
 *
 * @module
 */

import { formatCount, formatDuration } from "../format.ts";
import type { Found, SessionKind } from "../insight_rule.ts";

/** So long somebody looks on. */
const SLOW_MS = 60_000;
const SLOW_MIN = 3;
const TOTAL_MS_MIN = 600_000;
/** These wait for a person, or are work themselves. */
const NOT_SLOW: ReadonlySet<string> = new Set([
  "Task",
  "task",
  "Agent",
  "TaskOutput",
  "Workflow",
  "AskUserQuestion",
  "ExitPlanMode",
]);

interface Calls {
  n: number;
  times: number[];
  totalMs: number;
}

/** Calls of over a minute, by tool; amount is how long they took. */
export const slowTools: SessionKind = {
  name: "productivity.slow_tools",
  type: "productivity",
  counts: "slow",
  amounts: "total_ms",
  of: "timed calls of the tool",
  // In milliseconds: half an hour, and two hours.
  levels: { medium: 1_800_000, high: 7_200_000 },
  size: ({ amount = 0 }) => amount,
  title: ({ member, count, amount = 0 }) =>
    `Calls of ${member} took over a minute each ${formatCount(count)} times, ` +
    `${formatDuration(amount)} in all`,
  suggestion: "Have it done in parts: one test, one package; let what must be long run in the " +
    "background",
  watch() {
    const tools = new Map<string, Calls>();
    return {
      call({ at, side, tool, durationMs }) {
        if (side || durationMs === null || NOT_SLOW.has(tool)) return;
        const calls = tools.get(tool) ?? { n: 0, times: [], totalMs: 0 };
        tools.set(tool, calls);
        calls.n++;
        if (durationMs < SLOW_MS) return;
        calls.times.push(at);
        calls.totalMs += durationMs;
      },
      found: () =>
        tools.entries()
          .filter(([, { times, totalMs }]) => times.length >= SLOW_MIN && totalMs >= TOTAL_MS_MIN)
          .map(([member, { n, times, totalMs }]): Found => ({
            member,
            at: times[0]!,
            untilAt: times.at(-1)!,
            count: times.length,
            n,
            amount: totalMs,
            gain: { ms: totalMs - times.length * SLOW_MS },
          })).toArray(),
    };
  },
};
