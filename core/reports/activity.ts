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

/** Time and files of what is asked. */
export function readActivity(
  db: Database,
  query: ActivityQuery,
): Activity {
  const forks = readForkTimes(db, query.session);
  const timeOf = (stretches: Stretches) => overlap(readStretches(db, query, stretches), forks);
  return {
    durationMs: timeOf(WHOLE_SESSIONS),
    activeMs: timeOf(ACTIVE_SPANS),
    files: readFiles(db, query),
  };
}

type Stretch = [session: number, from: number, to: number];

/** Where stretches of sessions `s` are found, and the columns of their ends. */
interface Stretches {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

const WHOLE_SESSIONS: Stretches = {
  table: "sessions s",
  from: "s.started_at",
  to: "s.ended_at",
};
const ACTIVE_SPANS: Stretches = {
  table: "active_spans x join sessions s on s.id = x.session",
  from: "x.from_at",
  to: "x.to_at",
};

/** Stretches within the period. */
function readStretches(
  db: Database,
  query: ActivityQuery,
  { table, from, to }: Stretches,
): Stretch[] {
  const where = conditions(query);
  const begin = query.period.from ?? 0, end = query.period.to;
  return prepareArrays(
    db,
    `select s.id, max(${from}, ?), min(${to}, ?) from ${table}
     where s.counted = 1 and ${from} < ? and ${to} >= ?${where.sql}`,
  ).all(begin, end, end, begin, ...where.parameters) as unknown as Stretch[];
}

function readFiles(
  db: Database,
  query: ActivityQuery,
): Map<string, number> {
  const where = conditions(query);
  const begin = query.period.from ?? 0, end = query.period.to;
  // Sessions first: of all edits those of a few are wanted, and the index knows where they are.
  const rows = prepareArrays(
    db,
    `select w.text, count(distinct x.file)
     from sessions s cross join tool_calls x
       on x.session = s.id and x.at >= ? and x.at < ?
     join words w on w.id = x.extension
     where x.is_edit = 1 and x.file is not null and (x.outcome = 0 or x.reviewed = 1)
       and x.reviewed is not 2 and ifnull(s.started_at, 0) < ? and ifnull(s.ended_at, ?) >= ?
       ${where.sql} group by 1 order by 2 desc, 1`,
  ).all(begin, end, end, end, begin, ...where.parameters) as unknown as [string, number][];
  return new Map(rows);
}

function conditions({ filter, session }: ActivityQuery) {
  const { sql, parameters } = sessionConditions(filter);
  if (session === undefined) return { sql, parameters };
  return { sql: `${sql} and s.id = ?`, parameters: [...parameters, session] };
}

/** The time of stretches, without what a fork has of its origin. */
function overlap(stretches: readonly Stretch[], forks: ReadonlyMap<number, number>): number {
  return stretches.reduce((sum, [session, from, to]) => {
    return sum + Math.max(0, to - Math.max(from, forks.get(session) ?? 0));
  }, 0);
}
