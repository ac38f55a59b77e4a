/**
 * Compactions as the client exports them: how many came to their end, and how long they took,
 * which old transcripts do not tell.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { binnedPercentiles, binOf, type Percentiles } from "../durations.ts";
import type { Period } from "./period.ts";
import type { Where } from "./sums.ts";

/** Those of a period. */
export interface ExportedCompactions {
  readonly count: number;
  readonly failed: number;
  /** From its start to its end, of those that came to it. */
  readonly ms: Percentiles | null;
}

/** What is told of them. */
export function readExportedCompactions(
  db: Database,
  { from = 0, to }: Period,
  { sql, parameters }: Where,
): ExportedCompactions {
  const rows = prepareArrays(
    db,
    `select v.text, x.amount from exported_facts x
     join sessions s on s.id = x.session left join words v on v.id = x.verdict
     where x.type = (select id from words where text = 'exported_compaction')
       and x.at >= ? and x.at < ?${sql}`,
  ).all(from, to, ...parameters) as unknown as [verdict: string | null, ms: number | null][];
  const done = rows.filter(([verdict]) => verdict === "ok");
  const bins = Map.groupBy(done.flatMap(([, ms]) => ms ?? []), binOf);
  return {
    count: rows.length,
    failed: rows.length - done.length,
    ms: binnedPercentiles([...bins].map(([bin, { length }]) => [bin, length])),
  };
}
