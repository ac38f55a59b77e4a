/**
 * How tools fail: classes of errors by tool, whether they become more, what was done next that
 * worked, and what keeps them away.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { type ErrorTip, errorTip } from "../error_tips.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import {
  countFinishedCalls,
  type FailedCall,
  type Failures,
  type FailuresByName,
  NEXT_CALLS,
  type NextCall,
  readFailures,
  readNextCalls,
} from "./failed_calls.ts";
import { type Period, periodBefore } from "./period.ts";
import { type RateDifference, rateDifference } from "./rate_difference.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import type { SessionFilter } from "./sums.ts";

/** What is asked of the report. */
export interface ErrorPatternsQuery extends SessionFilter {
  readonly period: Period;
  /** Only this tool. */
  readonly tool?: string | undefined;
  /** What is rarer is left out. @default {2} */
  readonly minFrequency?: number;
  /** How many patterns; 0 is all. @default {20} */
  readonly limit?: number;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** A tool that fails in one way. */
export interface ErrorPattern {
  readonly tool: string;
  readonly error: string;
  readonly count: number;
  readonly sessions: number;
  /** Of the calls of the tool that ended well or failed. */
  readonly rate: Rate;
  readonly last_at: string;
  /** Against the period of the same length before; null where there is none, or too few calls. */
  readonly trend: {
    readonly before: Rate;
    readonly difference: RateDifference;
  } | null;
  /** What came next, of the latest of them. */
  readonly recovery: {
    /** The same tool went well within so many calls. */
    readonly same_tool: Rate;
    readonly within_calls: number;
    /** The first call of another tool or form that went well, the most frequent first. */
    readonly followed_by: readonly {
      readonly tool: string;
      readonly form: string | null;
      readonly share: Rate;
    }[];
  };
  /** Null where the class says too little. */
  readonly cause: string | null;
  readonly prevention: string | null;
}

/** The document. */
export interface ErrorPatternsReport {
  readonly schema: "blueplane.error_patterns/1";
  readonly status: "ok" | "insufficient_data";
  readonly period: { readonly from: string | null; readonly to: string };
  /** Calls that ended well or failed. */
  readonly n: number;
  readonly needed: number;
  readonly failed: number;
  readonly error_rate: Rate | null;
  readonly patterns: readonly ErrorPattern[];
  /** How many patterns there are, shown or not. */
  readonly total: number;
  readonly coverage: Coverage;
}

/** Fewer calls tell nothing of how often, and nothing of a trend. */
const CALLS_NEEDED = 10;
/** What followed is looked up for the latest. */
const RECOVERIES_MAX = 200;
const FOLLOWERS_MAX = 3;

/** The patterns, the most frequent first. */
export function reportErrorPatterns(
  db: Database,
  query: ErrorPatternsQuery,
): ErrorPatternsReport {
  const { period, tool, minFrequency = 2, limit = 20 } = query;
  const now = readSide(db, period, query), before = periodBefore(period);
  const then = before && readSide(db, before, query);
  const frequent = [...now.failures.values()].filter(({ calls }) => calls.length >= minFrequency);
  const next = readNextCalls(db, frequent.flatMap(({ calls }) => calls.slice(-RECOVERIES_MAX)));
  const patterns = frequent.map((failures) => patternOf(failures, now, then, next))
    .sort((a, b) =>
      b.count - a.count || (`${a.tool} ${a.error}` < `${b.tool} ${b.error}` ? -1 : 1)
    );
  const failed = now.failures.values().reduce((sum, { calls }) => sum + calls.length, 0);
  const n = tool === undefined
    ? now.finished.values().reduce((sum, count) => sum + count, 0)
    : now.finished.get(tool) ?? 0;
  return {
    schema: "blueplane.error_patterns/1",
    status: n < CALLS_NEEDED ? "insufficient_data" : "ok",
    period: {
      from: period.from === undefined ? null : new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
    },
    n,
    needed: CALLS_NEEDED,
    failed,
    error_rate: wilsonRate(failed, n),
    patterns: limit === 0 ? patterns : patterns.slice(0, limit),
    total: patterns.length,
    coverage: readCoverage(db, query.coverage),
  };
}

interface Side {
  readonly failures: FailuresByName;
  readonly finished: ReadonlyMap<string, number>;
}

function readSide(
  db: Database,
  period: Period,
  query: ErrorPatternsQuery,
): Side {
  const failures = readFailures(db, period, query);
  const isWanted = ({ calls }: Failures) => calls[0]!.tool === query.tool;
  return {
    failures: query.tool === undefined
      ? failures
      : new Map(failures.entries().filter(([, each]) => isWanted(each))),
    finished: countFinishedCalls(db, period, query),
  };
}

type NextOf = (call: FailedCall) => readonly NextCall[];

function patternOf(
  { calls, sessions }: Failures,
  now: Side,
  then: Side | undefined,
  next: NextOf,
): ErrorPattern {
  const { tool, error, name } = calls[0]!;
  const rate = wilsonRate(calls.length, now.finished.get(tool)!)!;
  const tip: ErrorTip | undefined = errorTip(error);
  const callsBefore = then?.finished.get(tool) ?? 0;
  const rateBefore = wilsonRate(then?.failures.get(name)?.calls.length ?? 0, callsBefore);
  const isComparable = rate.n >= CALLS_NEEDED && callsBefore >= CALLS_NEEDED;
  return {
    tool,
    error,
    count: calls.length,
    sessions: sessions.size,
    rate,
    last_at: new Date(calls.at(-1)!.at).toISOString(),
    trend: isComparable && rateBefore
      ? { before: rateBefore, difference: rateDifference(rate, rateBefore) }
      : null,
    recovery: recoveryOf(calls.slice(-RECOVERIES_MAX), next),
    cause: tip?.cause ?? null,
    prevention: tip?.prevention ?? null,
  };
}

function recoveryOf(
  calls: readonly FailedCall[],
  next: NextOf,
): ErrorPattern["recovery"] {
  let sameTool = 0;
  const followers = new Map<string, { tool: string; form: string | null; count: number }>();
  for (const call of calls) {
    const after = next(call).filter(({ ok }) => ok);
    if (after.some(({ tool }) => tool === call.tool)) sameTool++;
    const other = after.find(({ tool, form }) => tool !== call.tool || form !== call.form);
    if (!other) continue;
    const name = `${other.tool} ${other.form ?? ""}`, known = followers.get(name);
    followers.set(name, { ...other, count: (known?.count ?? 0) + 1 });
  }
  return {
    same_tool: wilsonRate(sameTool, calls.length)!,
    within_calls: NEXT_CALLS,
    followed_by: [...followers.values()].sort((a, b) =>
      b.count - a.count || (`${a.tool} ${a.form}` < `${b.tool} ${b.form}` ? -1 : 1)
    ).slice(0, FOLLOWERS_MAX).map(({ tool, form, count }) => ({
      tool,
      form,
      share: wilsonRate(count, calls.length)!,
    })),
  };
}
