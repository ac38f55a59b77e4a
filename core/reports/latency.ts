/**
 * How long tool calls and turns took: exact percentiles of a period.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Percentiles in milliseconds, by nearest rank, and of how many. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly n: number;
}

/** Null where no time is known. */
export interface Latency {
  /** From the call of a tool to its result, as the client measured it. */
  readonly tool_ms: Percentiles | null;
  /** From what a person typed to the last answer before they typed again. */
  readonly turn_ms: Percentiles | null;
}

/** The times of calls and turns that began in the period; of a model none are known. */
export function readLatency(db: Database, period: Period, filter: SessionFilter): Latency {
  if (filter.model !== undefined) return { tool_ms: null, turn_ms: null };
  const read = (table: string, at: string) =>
    percentilesOf(readTimes(db, table, at, period, filter));
  return { tool_ms: read("tool_calls", "at"), turn_ms: read("turns", "started_at") };
}

/** All times. One text of them costs less than half of what as many rows do. */
function readTimes(
  db: Database,
  table: string,
  at: string,
  { from = 0, to }: Period,
  filter: SessionFilter,
): number[] {
  const { sql, parameters } = sessionConditions(filter);
  const [list] = prepareArrays(
    db,
    `select json_group_array(x.duration_ms) from sessions s cross join ${table} x
       on x.session = s.id and x.${at} >= ? and x.${at} < ?
     where ifnull(s.started_at, 0) < ? and ifnull(s.ended_at, ?) >= ?
       and x.duration_ms is not null${sql}`,
  ).get(from, to, to, to, from, ...parameters) as unknown as [string];
  return JSON.parse(list) as number[];
}

/** Their percentiles; null without any. */
export function percentilesOf(list: readonly number[]): Percentiles | null {
  const times = Float64Array.from(list).sort();
  const n = times.length;
  if (n === 0) return null;
  const at = (share: number) => times[Math.ceil(share * n) - 1]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), n };
}
