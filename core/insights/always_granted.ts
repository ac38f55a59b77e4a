/**
 * Permission that is asked for again and again, and nearly always given.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { CallSeen, Found, SessionKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const ASKED_MIN = 15;
/** Fewer than one in five is turned down. */
const GRANTED_OVER = 0.8;
/** These exist to ask. */
const QUESTIONS: ReadonlySet<string> = new Set(["AskUserQuestion", "ExitPlanMode"]);

/** Calls that a person was asked for and let run, by tool; the gain is the wait for the answer. */
export const alwaysGranted: SessionKind = {
  name: "productivity.always_granted",
  type: "productivity",
  counts: "granted",
  of: "times you were asked",
  levels: { medium: 30, high: 80 },
  title: ({ member, count, n }) =>
    `You let ${member} run ${formatCount(count)} of the ${formatCount(n)} times it asked`,
  suggestion: "Allow what you always allow in the settings of permissions, as narrow as can be",
  watch() {
    const tools = new Map<string, CallSeen[]>();
    return {
      call(call) {
        if (!call.asked || call.outcome === null || QUESTIONS.has(call.tool)) return;
        const calls = tools.get(call.tool) ?? [];
        tools.set(call.tool, calls);
        calls.push(call);
      },
      found: () =>
        tools.entries().flatMap(([member, calls]): Found[] => {
          const granted = calls.filter(({ outcome }) => outcome === "ok" || outcome === "failed");
          const count = granted.length, n = calls.length;
          if (n < ASKED_MIN || !surelyOver(count, n, GRANTED_OVER)) return [];
          const ms = granted.reduce((sum, call) => sum + waitOf(call), 0);
          const gain = ms > 0 ? { gain: { ms } } : {};
          return [{ member, at: granted[0]!.at, untilAt: granted.at(-1)!.at, count, n, ...gain }];
        }).toArray(),
    };
  },
};

/** What a call took beyond its own time; 0 where that is not known. */
function waitOf({ at, resolvedAt, durationMs }: CallSeen): number {
  if (resolvedAt === null || durationMs === null) return 0;
  return Math.max(0, resolvedAt - at - durationMs);
}
