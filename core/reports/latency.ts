/**
 * How long tool calls, turns, answers and prompts took: percentiles of a period, each within 1 %.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { binnedPercentiles, MEASURES, type Percentiles } from "../durations.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import type { Period } from "./period.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { sessionConditions, type SessionFilter, stretchOf, whereOf } from "./sums.ts";

/** Null where no time is known. */
export interface Latency {
  /** From the call of a tool to its result, as the client measured it. */
  readonly tool_ms: Percentiles | null;
  /** From what a person typed to the last answer before they typed again. */
  readonly turn_ms: Percentiles | null;
  /** From a prompt to the first response, where nothing else came between. */
  readonly response_ms: Percentiles | null;
  /** From the last answer to the next prompt, of pauses of at most five minutes. */
  readonly think_ms: Percentiles | null;
}

/** How many durations of a measure fell into a bin: what is of a tool is of measure 0. */
type BinRow = [measure: number, bin: number, count: number];

/** The same by a group. */
type GroupedBin = [group: number, measure: number, bin: number, count: number];

const MEASURE_NUMBERS = { tool_ms: 0, ...MEASURES } as const;
/** A tool is a number above 0. */
const MEASURE = "iif(x.member > 0, 0, x.member)";

/** The times of what began (calls, turns) or ended in the period; of a model none are known. */
export function readLatency(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
): Latency {
  if (filter.model !== undefined) return latencyOf([]);
  return latencyOf(readBins(db, MEASURE, period, filter, now));
}

/** The times of calls by the number of their tool. */
export function readToolLatency(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
): ReadonlyMap<number, Percentiles | null> {
  const rows = readBins(db, "x.member", period, filter, now).filter(([member]) => member > 0);
  return new Map(
    Map.groupBy(rows, ([member]) => member).entries()
      .map(([tool, bins]) => [tool, binnedPercentiles(summed(bins))]),
  );
}

/** How many durations of each group and measure fell into each bin. */
export function readGroupedBins(
  db: Database,
  column: string,
  period: Period,
  filter: SessionFilter,
  now: number,
): GroupedBin[] {
  const { sql, parameters } = timedWhere(period, filter, now);
  return prepareArrays(
    db,
    `select ifnull(${column}, -1), ${MEASURE}, x.bin, sum(x.count)
     from duration_sums x join sessions s on s.id = x.session where ${sql} group by 1, 2, 3`,
  ).all(...parameters) as unknown as GroupedBin[];
}

/** What bins make of each measure. */
export function latencyOf(rows: readonly BinRow[]): Latency {
  const of = (wanted: number) =>
    binnedPercentiles(summed(rows.filter(([measure]) => measure === wanted)));
  return Object.fromEntries(
    Object.entries(MEASURE_NUMBERS).map(([name, number]) => [name, of(number)]),
  ) as unknown as Latency;
}

/** Their percentiles, exact; null without any. */
export function percentilesOf(list: readonly number[]): Percentiles | null {
  const times = Float64Array.from(list).sort();
  const n = times.length;
  if (n === 0) return null;
  const at = (share: number) => times[Math.ceil(share * n) - 1]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), n };
}

function readBins(
  db: Database,
  group: string,
  period: Period,
  filter: SessionFilter,
  now: number,
): BinRow[] {
  const isFiltered = sessionConditions(filter).sql !== "";
  if (isFiltered) return readSessions(db, group, period, filter, now);
  return piecesOf(stretchOf(period, now)).flatMap((piece) => readPiece(db, group, piece));
}

function readPiece(db: Database, group: string, piece: Piece): BinRow[] {
  const { isTotal, tier, from, to } = piece;
  const table = isTotal ? "duration_totals" : "duration_sums";
  return prepareArrays(
    db,
    `select ${group}, x.bin, sum(x.count) from ${table} x
     where x.tier = ? and x.bucket >= ? and x.bucket < ? group by 1, 2`,
  ).all(tier, from, to) as unknown as BinRow[];
}

function readSessions(
  db: Database,
  group: string,
  period: Period,
  filter: SessionFilter,
  now: number,
): BinRow[] {
  const { sql, parameters } = timedWhere(period, filter, now);
  // Sessions first: those that are wanted are few, and the key begins with them.
  return prepareArrays(
    db,
    `select ${group}, x.bin, sum(x.count) from sessions s cross join duration_sums x
       on x.session = s.id
     where ${sql} group by 1, 2`,
  ).all(...parameters) as unknown as BinRow[];
}

/** The condition on rows that have no tier of whole sessions. */
export function timedWhere(period: Period, filter: SessionFilter, now: number) {
  const stretch = stretchOf(period, now);
  const quarters = { tier: QUARTER_SECONDS, from: Number.MIN_SAFE_INTEGER, to: period.to };
  return whereOf(stretch.tier === 0 ? quarters : stretch, filter);
}

function summed(rows: readonly BinRow[]): [number, number][] {
  const bins = new Map<number, number>();
  for (const [, bin, count] of rows) bins.set(bin, (bins.get(bin) ?? 0) + count);
  return [...bins];
}
