/**
 * A tool that fails often in a project, over all of its sessions.
 *
 * @module
 */

import { formatCount, formatShare } from "../format.ts";
import type { SessionTotals, WideFound, WideKind } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

const FINISHED_MIN = 40;
/** Programs fail as a part of the work: every tenth call may. */
const SHARE_OVER = 0.15;
const SESSIONS_MIN = 3;

/** By tool; n is its calls that came to an end. */
export const failingTools: WideKind = {
  name: "errors.failing_tools",
  type: "errors",
  counts: "failures",
  of: "finished calls of the tool",
  levels: { medium: 40, high: 150 },
  title: ({ member, count, n }) =>
    `${member} fails often here: ${formatShare(count / n)} of ${formatCount(n)} calls`,
  suggestion:
    "Look what its failures have in common, and write down for the project what avoids " +
    "them",
  find(sessions) {
    const tools = new Map<string, { n: number; failed: number; of: SessionTotals[] }>();
    for (const session of sessions) {
      for (const [name, { ok, failed }] of session.tools) {
        const tool = tools.get(name) ?? { n: 0, failed: 0, of: [] };
        tools.set(name, tool);
        tool.n += ok + failed;
        tool.failed += failed;
        if (failed > 0) tool.of.push(session);
      }
    }
    return tools.entries().flatMap(([member, { n, failed, of }]): WideFound[] => {
      const isFound = n >= FINISHED_MIN && of.length >= SESSIONS_MIN &&
        surelyOver(failed, n, SHARE_OVER);
      if (!isFound) return [];
      const session = of.at(-1)!, at = of[0]!.startedAt;
      return [{ session, member, at, untilAt: session.endedAt, count: failed, n }];
    }).toArray();
  },
};
