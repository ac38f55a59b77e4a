/**
 * For how long sessions went on and were active, and which files they changed.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { readForkTimes } from "./lineage.ts";
import type { Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Time and files of a period. */
export interface Activity {
  /** First to last moment of each session, in the period, added up. */
  readonly durationMs: number;
  /** The same without pauses of over five minutes. */
  readonly activeMs: number;
  /** Files that edits changed, each once, by extension. */
  readonly files: ReadonlyMap<string, number>;
}

/** What is asked: a period and a filter, or one session. */
export interface ActivityQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  /** Number of the one session that is meant. */
  readonly session?: number;
}

/** Tools that change files. */
const EDITS = "('Edit', 'Write', 'MultiEdit', 'NotebookEdit')";

/** Time and files of what is asked. */
export function readActivity(
  db: Database,
  query: ActivityQuery,
): Activity {
  return {
    durationMs: overlap(readStretches(db, query, "sessions s", "s.started_at", "s.ended_at")),
    activeMs: overlap(readStretches(
      db,
      query,
      "active_spans x join sessions s on s.id = x.session",
      "x.from_at",
      "x.to_at",
    )),
    files: readFiles(db, query),
  };
}

type Stretch = [from: number, to: number];

/** Stretches within the period, without what a fork has of its origin. */
function readStretches(
  db: Database,
  query: ActivityQuery,
  table: string,
  from: string,
  to: string,
): Stretch[] {
  const where = conditions(query);
  const begin = query.period.from ?? 0, end = query.period.to;
  const rows = prepareArrays(
    db,
    `select s.id, max(${from}, ?), min(${to}, ?) from ${table}
     where s.counted = 1 and ${from} < ? and ${to} >= ?${where.sql}`,
  ).all(begin, end, end, begin, ...where.parameters) as unknown as [number, number, number][];
  const forks = readForkTimes(db);
  return rows.map(([session, start, stop]) => [Math.max(start, forks.get(session) ?? 0), stop]);
}

function readFiles(
  db: Database,
  query: ActivityQuery,
): Map<string, number> {
  const where = conditions(query);
  const begin = query.period.from ?? 0, end = query.period.to;
  // Sessions first: of all calls those of a few are wanted, and the index knows where they are.
  const rows = prepareArrays(
    db,
    `select w.text, count(distinct x.file)
     from sessions s cross join words t cross join tool_calls x
       on x.session = s.id and x.tool = t.id and x.at >= ? and x.at < ?
     join words w on w.id = x.extension
     where t.text in ${EDITS} and ifnull(s.started_at, 0) < ? and ifnull(s.ended_at, ?) >= ?
       and x.outcome = 0 and x.file is not null${where.sql} group by 1 order by 2 desc, 1`,
  ).all(begin, end, end, end, begin, ...where.parameters) as unknown as [string, number][];
  return new Map(rows);
}

function conditions({ filter, session }: ActivityQuery) {
  const { sql, parameters } = sessionConditions(filter);
  if (session === undefined) return { sql, parameters };
  return { sql: `${sql} and s.id = ?`, parameters: [...parameters, session] };
}

function overlap(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0);
}
