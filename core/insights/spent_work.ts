/**
 * What the rules have in common that tell of money spent on calls which came to nothing: of the
 * calls of each tool in a project, those that ended in one way, and their share of the cost.
 *
 * @module
 */

import type { SessionTotals, ToolTotals, WideFound } from "../insight_rule.ts";
import { surelyOver } from "./surely_over.ts";

/** Which calls are meant. */
export interface SpentWork {
  /** How many of a tool's calls. */
  callsOf(tool: ToolTotals): number;
  /** What they cost, in millionths of a dollar. */
  microsOf(tool: ToolTotals): number;
  /** Fewer of them are no finding. */
  readonly callsMin: number;
  /** The share of the tool's ended calls that they must surely be over. */
  readonly shareOver: number;
}

const SESSIONS_MIN = 3;
/** A dollar, in millionths: less is nobody's trouble. */
const MICROS_MIN = 1_000_000;

/** By tool: count is what they cost, n the tool's calls, amount how many they are. */
export function findSpentWork(
  sessions: readonly SessionTotals[],
  { callsOf, microsOf, callsMin, shareOver }: SpentWork,
): WideFound[] {
  const tools = new Map<
    string,
    { n: number; calls: number; micros: number; of: SessionTotals[] }
  >();
  for (const session of sessions) {
    for (const [name, totals] of session.tools) {
      const tool = tools.get(name) ?? { n: 0, calls: 0, micros: 0, of: [] };
      tools.set(name, tool);
      tool.n += totals.ok + totals.failed + totals.rejected;
      tool.calls += callsOf(totals);
      tool.micros += microsOf(totals);
      if (callsOf(totals) > 0) tool.of.push(session);
    }
  }
  return tools.entries().flatMap(([member, { n, calls, micros, of }]): WideFound[] => {
    const isFound = calls >= callsMin && of.length >= SESSIONS_MIN && micros >= MICROS_MIN &&
      surelyOver(calls, n, shareOver);
    if (!isFound) return [];
    const session = of.at(-1)!, at = of[0]!.startedAt;
    const found = { count: micros, n, amount: calls, gain: { micros } };
    return [{ session, member, at, untilAt: session.endedAt, ...found }];
  }).toArray();
}
