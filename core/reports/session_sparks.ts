/**
 * The shape of sessions in a list: how many responses fell into each part of their time.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { sessionNumber } from "./session_ids.ts";
import type { Session } from "./sessions_report.ts";

/** The query: first moment, length of a part, number of parts, session; an index answers it. */
export const SPARK_QUERY = `select cast(min(?3 - 1, (at - ?1) / ?2) as integer), count(*)
  from responses
  where session = ?4 and side in (0, 1) and at >= ?1 group by 1`;

/**
 * Responses by part of a session's time, whoever asked for them.
 *
 * @param parts how many; all are of equal length
 * @returns null where no time is known
 */
export function readSpark(
  db: Database,
  session: Session,
  parts: number,
): number[] | null {
  const { started_at, ended_at } = session;
  if (started_at === null || ended_at === null) return null;
  const from = Date.parse(started_at);
  const partMs = Math.max(1, Math.ceil((Date.parse(ended_at) - from + 1) / parts));
  const counts = Array<number>(parts).fill(0);
  const rows = prepareArrays(db, SPARK_QUERY)
    .all(from, partMs, parts, sessionNumber(db, session));
  for (const [part, count] of rows as unknown as [number, number][]) counts[part] = count;
  return counts;
}
