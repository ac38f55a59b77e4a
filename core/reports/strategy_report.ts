/**
 * What sessions of a kind that went well did otherwise than the rest: found in what happened, so
 * that it may come with success without being its cause.
 *
 * @module
 */

import { SIDE_MIN, smallerSide, type SplitNeighbours } from "../similar/neighbours.ts";
import { readStrategies } from "../similar/strategies.ts";
import type { Advisor } from "./advisor.ts";
import { type RateDifference, rateDifference } from "./rate_difference.ts";
import { type Rate, wilsonRate } from "./rates.ts";

/** One way of working. */
export interface Strategy {
  readonly practice: string;
  /** What a session does that has it. */
  readonly does: string;
  /** What to do; null where those that went well did it no more often, as far as is clear. */
  readonly advice: string | null;
  /** The share of the sessions that went well which have it, and of the others. */
  readonly good: Rate;
  readonly others: Rate;
  readonly difference: RateDifference;
}

/** Part of a report. */
export interface StrategyReport {
  readonly status: "ok" | "insufficient_data";
  /** Sessions that are alike enough to learn from. */
  readonly sessions: number;
  /** Of these, the ones on the smaller side of those that went well and the others. */
  readonly n: number;
  readonly needed: number;
  /** The clearest first; those that cannot be seen often enough are left out. */
  readonly found: readonly Strategy[];
}

/** The strategies of sessions that are split. */
export function strategyReport(advisor: Advisor, split: SplitNeighbours): StrategyReport {
  const n = smallerSide(split), isEnough = n >= SIDE_MIN;
  return {
    status: isEnough ? "ok" : "insufficient_data",
    sessions: split.good.length + split.others.length,
    n,
    needed: SIDE_MIN,
    found: isEnough ? strategiesOf(advisor, split) : [],
  };
}

function strategiesOf(advisor: Advisor, split: SplitNeighbours): Strategy[] {
  return readStrategies(advisor.db, split, advisor.words())
    .filter(({ goodOf, othersOf }) => goodOf >= SIDE_MIN && othersOf >= SIDE_MIN)
    .map(({ practice, ...counts }) => {
      const good = wilsonRate(counts.good, counts.goodOf)!;
      const others = wilsonRate(counts.others, counts.othersOf)!;
      const difference = rateDifference(good, others);
      return {
        practice: practice.name,
        does: practice.does,
        advice: difference.clear && difference.value > 0 ? practice.advice : null,
        good,
        others,
        difference,
      };
    }).sort((a, b) =>
      Number(b.difference.clear) - Number(a.difference.clear) ||
      Math.abs(b.difference.value) - Math.abs(a.difference.value)
    );
}
