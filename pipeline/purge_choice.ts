/**
 * Which sessions a purge is of, up to what moment of each, and how much that is.
 *
 * @module
 */

import { type Database, prepareArrays } from "../core/database.ts";
import type { PurgeChoice, Purged } from "../core/purge.ts";
import { listOf } from "./rebuild.ts";
import type { TraceTables } from "./trace_store.ts";

/** A session that loses what is before a moment. */
export interface Cut {
  /** Its number. */
  readonly session: number;
  readonly platform: string;
  readonly sessionId: string;
  readonly cutAt: number;
}

type Row = [session: number, platform: string, sessionId: string, lastAt: number | null];

/**
 * The sessions of which something is before the moment that is named, or `now`.
 *
 * A clock may have been wrong: of a whole session what is dated later goes as well.
 */
export function chooseCuts(
  db: Database,
  tables: TraceTables,
  { platform, session, before }: PurgeChoice,
  now: number,
): Cut[] {
  const rows = prepareArrays(
    db,
    `select s.id, w.text, s.session_id, s.ended_at from sessions s
     join words w on w.id = s.platform
     where (?1 is null or w.text = ?1) and (?2 is null or s.session_id = ?2)`,
  ).all(platform ?? null, session ?? null) as unknown as Row[];
  const moments = readMoments(db, tables);
  return rows.flatMap(([number, of, sessionId, endedAt]) => {
    const [first, last] = moments.get(number) ?? [endedAt ?? -Infinity, endedAt ?? -Infinity];
    const cutAt = before ?? Math.max(now, last + 1);
    return first < cutAt ? [{ session: number, platform: of, sessionId, cutAt }] : [];
  });
}

/** How much goes with these; bytes are their share of blocks, or of the archive. */
export function measureCuts(db: Database, tables: TraceTables, cuts: readonly Cut[]): Purged {
  const pairs = JSON.stringify(cuts.map(({ session, cutAt }) => [session, cutAt]));
  let events = 0, bytes = 0;
  for (const table of Object.values(tables)) {
    const row = prepareArrays(
      db,
      `with cuts as (select value ->> 0 as session, value ->> 1 as cut_at from json_each(?)),
         taken as (
           select t.block, count(*) as events
           from cuts c join ${table} t on t.session = c.session and t.at < c.cut_at
           group by t.block
         )
       select ifnull(sum(events), 0), ifnull(sum(events * ifnull(
         (select 1.0 * length(body) / events from trace_blocks where id = taken.block),
         (select sum(1.0 * a.events * p.bytes / p.events) / sum(a.events)
          from archive_blocks a join archive_parts p on p.id = a.part
          where a.block = taken.block)
       )), 0) from taken`,
    ).get(pairs) as unknown as [number, number];
    events += row[0];
    bytes += row[1];
  }
  const [sessions] = prepareArrays(
    db,
    "select count(*) from sessions where counted = 1 and id in (select value from json_each(?))",
  ).get(listOf(cuts.map(({ session }) => session))) as unknown as [number];
  return { sessions, events, bytes: Math.round(bytes) };
}

/** When the first and the last event of each session was. */
function readMoments(
  db: Database,
  tables: TraceTables,
): ReadonlyMap<number, readonly [first: number, last: number]> {
  const rows = Object.values(tables).flatMap((table) =>
    prepareArrays(
      db,
      `select session, min(at), max(at) from ${table} group by session`,
    ).all() as unknown as [number, number, number][]
  );
  return new Map(rows.map(([session, first, last]) => [session, [first, last]]));
}
