/**
 * Where the time went and how long things took, by group of a report.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Percentiles } from "../durations.ts";
import { TIME_COUNTS } from "../session_counts.ts";
import { readStretches } from "./activity.ts";
import type { ActiveStretch } from "./concurrency.ts";
import { type Latency, latencyOf, readGroupedBins, readToolLatency } from "./latency.ts";
import type { Period } from "./period.ts";
import { alignedPeriod, countsOf, type SessionFilter } from "./sums.ts";
import { readTimeRows, type TimeCounts, timeOf, type TimeReport } from "./time_report.ts";

/** What is asked: by which column groups are made, and what each is called. */
export interface GroupTimesQuery extends SessionFilter {
  readonly period: Period;
  readonly now: number;
  /** What tells groups apart; of time it is some expression of `x.bucket`. */
  readonly column: string;
  readonly name: (group: number) => string;
}

/** Of one group; null where no time is known of such groups. */
export interface GroupTimes {
  readonly latency: Latency;
  readonly time: TimeReport | null;
}

/** Of a group in which nothing is timed. */
export const NO_TIMES: GroupTimes = { latency: latencyOf([]), time: null };

const QUARTER_MS = 900_000;

/** The times of groups by their name. */
export interface TimesByGroup {
  /** Groups in which something took time: it may have begun before. */
  readonly keys: Iterable<string>;
  of(key: string): GroupTimes;
}

/** The times of groups; those of tools are of their calls alone. */
export function readGroupTimes(db: Database, query: GroupTimesQuery): TimesByGroup {
  if (query.model !== undefined) return { keys: [], of: () => NO_TIMES };
  if (query.column === "x.member") return ofTools(db, query);
  const { column, name, period, now } = query;
  const bins = Map.groupBy(
    readGroupedBins(db, column, period, query, now),
    ([group]) => name(group),
  );
  const counts = new Map<string, TimeCounts>();
  for (const row of readTimeRows(db, column, period, query, now)) {
    const key = name(row[0] ?? -1);
    counts.set(key, plus(counts.get(key), countsOf(TIME_COUNTS, row)));
  }
  const durations = readLengths(db, query, "whole"), active = readLengths(db, query, "active");
  const of = (key: string): GroupTimes => {
    const own = (bins.get(key) ?? []).map(([, ...bin]) => bin);
    const time = timeOf(
      counts.get(key) ?? NOTHING,
      durations.get(key) ?? 0,
      active.get(key) ?? 0,
    );
    return { latency: latencyOf(own), time };
  };
  return { keys: counts.keys(), of };
}

function ofTools(
  db: Database,
  { name, period, now, ...filter }: GroupTimesQuery,
): TimesByGroup {
  const tools = new Map<string, Percentiles | null>(
    readToolLatency(db, period, filter, now).entries()
      .map(([tool, times]) => [name(tool), times]),
  );
  const of = (key: string): GroupTimes => ({
    latency: { ...NO_TIMES.latency, tool_ms: tools.get(key) ?? null },
    time: null,
  });
  return { keys: [], of };
}

/** How long sessions of each group went on, or were active. */
function readLengths(
  db: Database,
  { column, name, period, now, ...filter }: GroupTimesQuery,
  which: "whole" | "active",
): Map<string, number> {
  const stretches = readStretches(db, { period: alignedPeriod(period, now), filter }, which);
  const lengths = new Map<string, number>();
  const add = (key: string, ms: number) => lengths.set(key, (lengths.get(key) ?? 0) + ms);
  if (column.includes("x.bucket")) addQuarters(stretches, (at, ms) => add(name(at), ms));
  else {
    const groups = new Map(
      prepareArrays(db, `select s.id, ${column} from sessions s`)
        .all() as unknown as [number, number | null][],
    );
    for (const [id, from, to] of stretches) add(name(groups.get(id) ?? -1), to - from);
  }
  return lengths;
}

/** Every zone's hours and days begin with a quarter of an hour. */
function addQuarters(
  stretches: readonly ActiveStretch[],
  add: (at: number, ms: number) => void,
): void {
  const quarters = new Map<number, number>();
  for (const [, from, to] of stretches) {
    for (let at = from; at < to;) {
      const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
      const end = Math.min(to, quarter + QUARTER_MS);
      quarters.set(quarter, (quarters.get(quarter) ?? 0) + end - at);
      at = end;
    }
  }
  for (const [quarter, ms] of quarters) add(quarter, ms);
}

function plus(a: TimeCounts | undefined, b: TimeCounts): TimeCounts {
  if (!a) return b;
  return Object.fromEntries(TIME_COUNTS.map((name) => [name, a[name] + b[name]])) as TimeCounts;
}

const NOTHING = countsOf(TIME_COUNTS, []);
