/**
 * How busy each group of a report was over its period: what the small bars beside it show.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { readWords } from "../words.ts";
import { groupColumn, wordKey } from "./groups.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { timedStretchOf } from "./pieces.ts";
import { readRows, whereOf } from "./sums.ts";
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
  const stretch = timedStretchOf(query.period, query.now);
  const group = `${groupColumn(by)}, x.member, x.bucket`;
  const rows = readRows(db, table, group, [counted], whereOf(stretch, query))
    .filter(([, member]) => query.model === undefined || words.get(member!) === query.model);
  const from = query.period.from ?? rows.reduce((min, [, , at]) => Math.min(min, at!), Infinity);
  const trends = new Map<string, number[]>();
  for (const [key, , at, count] of rows) {
    const trend = trends.getOrInsertComputed(
      name(key ?? -1),
      () => Array<number>(stretches).fill(0),
    );
    const place = Math.floor((at! - from) / (query.period.to - from) * stretches);
    // A bucket may begin before the period that it belongs to.
    trend[Math.min(stretches - 1, Math.max(0, place))]! += count!;
  }
  return trends;
}
