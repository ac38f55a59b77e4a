/**
 * Which tools served sessions of a kind: how many used them, how often their calls went well, and
 * whether those used them more that went well.
 *
 * @module
 */

import { SIDE_MIN, smallerSide, type SplitNeighbours } from "../similar/neighbours.ts";
import type { SessionVector } from "../similar/session_vectors.ts";
import { type RateDifference, rateDifference } from "./rate_difference.ts";
import { type Rate, wilsonRate } from "./rates.ts";

/** One tool. */
export interface AdvisedTool {
  readonly tool: string;
  readonly uses: number;
  /** The share of the sessions that used it. */
  readonly used: Rate;
  /** Calls that went well, of those that ended well or failed; null without any. */
  readonly success: Rate | null;
  /** Use by sessions that went well minus use by others; null without enough of both. */
  readonly difference: RateDifference | null;
}

/** Part of a report. */
export interface ToolAdvice {
  readonly status: "ok" | "insufficient_data";
  /** Sessions that are alike enough to learn from. */
  readonly n: number;
  readonly needed: number;
  /** By the share of sessions that used them and how surely their calls go well. */
  readonly recommended: readonly AdvisedTool[];
}

/** What few used, or called seldom, tells nothing. */
const SESSIONS_MIN = 3;
const CALLS_MIN = 10;

/** The tools of alike sessions. */
export function toolAdvice(
  sessions: readonly SessionVector[],
  split: SplitNeighbours,
): ToolAdvice {
  const isEnough = sessions.length >= SIDE_MIN;
  const names = new Set(sessions.flatMap(({ tools }) => [...tools.keys()]));
  const tools = isEnough ? [...names].flatMap((name) => advisedTool(name, sessions, split)) : [];
  const worth = ({ used, success }: AdvisedTool) => used.value * (success?.low ?? 0);
  return {
    status: isEnough ? "ok" : "insufficient_data",
    n: sessions.length,
    needed: SIDE_MIN,
    recommended: tools.sort((a, b) => worth(b) - worth(a) || (a.tool < b.tool ? -1 : 1)),
  };
}

function advisedTool(
  tool: string,
  sessions: readonly SessionVector[],
  split: SplitNeighbours,
): AdvisedTool[] {
  const rows = sessions.flatMap(({ tools }) => {
    const row = tools.get(tool);
    return row ? [row] : [];
  });
  const sum = (column: 0 | 1 | 2) => rows.reduce((total, row) => total + row[column], 0);
  const [uses, ok, failed] = [sum(0), sum(1), sum(2)];
  if (rows.length < SESSIONS_MIN || ok + failed < CALLS_MIN) return [];
  const usedBy = (some: readonly SessionVector[]) =>
    wilsonRate(some.filter(({ tools }) => tools.has(tool)).length, some.length)!;
  return [{
    tool,
    uses,
    used: usedBy(sessions),
    success: wilsonRate(ok, ok + failed),
    difference: smallerSide(split) >= SIDE_MIN
      ? rateDifference(usedBy(split.good), usedBy(split.others))
      : null,
  }];
}
