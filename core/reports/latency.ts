/**
 * How long tool calls, turns, answers and prompts took: percentiles of a period, each within 1 %.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { binnedPercentiles, MEASURES, type Percentiles } from "../durations.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import { keptTiers } from "../tiers.ts";
import type { Period } from "./period.ts";
import { type BinCounts, binsOf } from "./digest.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { stretchOf } from "./pieces.ts";
import { sessionConditions, type SessionFilter, whereOf } from "./sums.ts";

/** Null where no time is known. */
export interface Latency {
  /** From the call of a tool to its result, as the client measured it. */
  readonly tool_ms: Percentiles | null;
  /** From what a person typed to the last answer before they typed again. */
  readonly turn_ms: Percentiles | null;
  /** From a prompt to the first response, where nothing else came between. */
  readonly response_ms: Percentiles | null;
  /** From what a person typed to the first call before they typed again. */
  readonly first_call_ms: Percentiles | null;
  /** From the last answer to the next prompt, of pauses of at most five minutes. */
  readonly think_ms: Percentiles | null;
}

const MEASURE_NUMBERS = { tool_ms: 0, ...MEASURES } as const;

/** The times of what began (calls, turns) or ended in the period; of a model none are known. */
export function readLatency(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
): Latency {
  if (filter.model !== undefined) return latencyOf(new Map());
  const isFiltered = sessionConditions(filter).sql !== "";
  return latencyOf(
    isFiltered
      ? readSessions(db, period, filter, now)
      : readDigest(db, wholeQuery(period, filter, now)).durations,
  );
}

/** What bins make of each measure; what is of a tool is of measure 0. */
export function latencyOf(durations: BinCounts): Latency {
  return Object.fromEntries(
    Object.entries(MEASURE_NUMBERS).map(([name, number]) => [
      name,
      binnedPercentiles(durations.get(number) ?? []),
    ]),
  ) as unknown as Latency;
}

/** Their percentiles, exact; null without any. */
export function percentilesOf(list: readonly number[]): Percentiles | null {
  const times = new Float64Array(list).sort();
  const n = times.length;
  if (n === 0) return null;
  const at = (share: number) => times[Math.ceil(share * n) - 1]!;
  const mean = Math.round(times.reduce((sum, time) => sum + time, 0) / n);
  const ends = { min: times[0]!, mean, max: times[n - 1]! };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), ...ends, n };
}

function readSessions(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
): BinCounts {
  const { sql, parameters } = timedWhere(db, period, filter, now);
  // Sessions first: those that are wanted are few, and the key begins with them.
  const rows = prepareArrays(
    db,
    `select min(x.member, 0), x.bin, sum(x.count) from sessions s cross join duration_sums x
       on x.session = s.id
     where ${sql} group by 1, 2`,
  ).all(...parameters) as unknown as [number, number, number][];
  const bins: BinCounts = new Map();
  for (const [measure, bin, count] of rows) binsOf(bins, measure).push([bin, count]);
  return bins;
}

/** The condition on rows that have no tier of whole sessions. */
export function timedWhere(db: Database, period: Period, filter: SessionFilter, now: number) {
  const stretch = stretchOf(period, now, keptTiers(db));
  const quarters = { tier: QUARTER_SECONDS, from: Number.MIN_SAFE_INTEGER, to: period.to };
  return whereOf(stretch.tier === 0 ? quarters : stretch, filter);
}
