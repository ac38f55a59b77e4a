/**
 * How long the calls of each tool took in a period.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Percentiles } from "../durations.ts";
import { percentilesOf } from "./latency.ts";
import type { Period } from "./period.ts";

/** Percentiles by tool, of calls that began in the period and whose time the client measured. */
export function readToolLatency(
  db: Database,
  { from = 0, to }: Period,
): ReadonlyMap<string, Percentiles> {
  const rows = prepareArrays(
    db,
    `select w.text, json_group_array(x.duration_ms) from sessions s cross join tool_calls x
       on x.session = s.id and x.at >= ?1 and x.at < ?2 join words w on w.id = x.tool
     where ifnull(s.started_at, 0) < ?2 and ifnull(s.ended_at, ?2) >= ?1
       and x.duration_ms is not null group by x.tool`,
  ).all(from, to) as unknown as [string, string][];
  return new Map(rows.flatMap(([tool, list]) => {
    const percentiles = percentilesOf(JSON.parse(list) as number[]);
    return percentiles ? [[tool, percentiles] as const] : [];
  }));
}
