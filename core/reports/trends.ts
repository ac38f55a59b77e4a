/**
 * How busy each group of a report was over its period: what the small bars beside it show.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { readWords } from "../words.ts";
import { keptTiers } from "../tiers.ts";
import { groupColumn, wordKey } from "./groups.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { timedStretchOf } from "./pieces.ts";
import { and, readRows, type SumTableName, type Where, whereOf } from "./sums.ts";
import type { GroupBy } from "./report_choices.ts";

/**
 * Tool calls of tools and extensions, responses of all else, in so many stretches of equal length,
 * by the key of the group. A period without begin starts with what was first.
 */
export function readTrends(
  db: Database,
  query: MetricsQuery,
  by: GroupBy,
  stretches: number,
): ReadonlyMap<string, readonly number[]> {
  const words = readWords(db), name = wordKey(words);
  const ofTools = by === "tool" || by === "extension" || by === "mode";
  const table = by === "extension" ? "extension_sums" : ofTools ? "tool_sums" : "model_sums";
  const counted = ofTools ? "uses" : "messages";
  const ofAll = whereOf(timedStretchOf(query.period, query.now, keptTiers(db)), query);
  const where = query.model === undefined
    ? ofAll
    : and(ofAll, "x.member = (select id from words where text = ?)", [query.model]);
  const { to, from = firstBucket(db, table, where) } = query.period;
  const trends = new Map<string, number[]>();
  // A bucket may begin before the period that it belongs to.
  const place = `max(0, min(${stretches - 1},
    cast((x.bucket - ${from}) * 1.0 / ${to - from} * ${stretches} as integer)))`;
  const rows = readRows(db, table, `${groupColumn(by)}, ${place}`, [counted], where);
  for (const [key, at, count] of rows) {
    const trend = trends.getOrInsertComputed(
      name(key ?? -1),
      () => Array<number>(stretches).fill(0),
    );
    trend[at!]! += count!;
  }
  return trends;
}

function firstBucket(db: Database, table: SumTableName, { sql, parameters }: Where): number {
  const sessions = sql.includes("s.") ? " join sessions s on s.id = x.session" : "";
  const [first] = prepareArrays(
    db,
    `select min(x.bucket) from ${table} x${sessions} where ${sql}`,
  )
    .get(...parameters) as unknown as [number | null];
  return first ?? 0;
}
