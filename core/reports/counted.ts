/**
 * Whether reports count all that was accepted: what waits in a queue or is to be derived is not
 * in their numbers.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** Sources of a machine whose events lie in a queue outside until they are stored. */
export interface OutsideQueue {
  readonly machine: string;
  /** Milliseconds since 1970 UTC: sources that were changed before are not looked at. */
  readonly since: number;
}

/** What all but patient groups have before them. Ids have no gaps. */
const WAITING = `select exists (
    select 1 from stream_groups g where name <> 'insights' and position <
      (select max(id) from stream_entries where stream = g.stream)
  ) or exists (select 1 from stream_leases where name <> 'insights')
  or exists (select 1 from dirty_sessions where name <> 'insights')`;

const OUTSIDE = `select exists (
    select 1 from sources s where modified_at > ?1 and position > ifnull(
      (select json_extract(mark, '$.position') from stored_sources
        where machine = ?2 and id = s.id), 0)
  )`;

/** Says so; insights may still be to come. */
export function isCounted(db: Database, outside?: OutsideQueue): boolean {
  const is = (sql: string, ...given: (string | number)[]) =>
    (prepareArrays(db, sql).get(...given) as unknown as [number])[0] === 1;
  if (is(WAITING)) return false;
  return outside === undefined || !is(OUTSIDE, outside.since, outside.machine);
}
