/**
 * For how long sessions went on and were active, and which files they changed.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { type ActiveStretch, type Overlap, overlapOf } from "./concurrency.ts";
import { CHANGED_FILE, readFilesTouched } from "./files_touched.ts";
import { readForkTimes } from "./lineage.ts";
import { goingOn, type Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Time and files of a period. */
export interface Activity {
  /** First to last moment of each session, in the period, added up. */
  readonly durationMs: number;
  /** The same without pauses of over five minutes. */
  readonly activeMs: number;
  readonly overlap: Overlap;
  /** Files that edits changed, each once, by extension. */
  readonly files: ReadonlyMap<string, number>;
}

/** What is asked: a period and a filter. */
export interface ActivityQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  /** Numbers of the only sessions that are meant. */
  readonly sessions?: readonly number[];
}

const ALWAYS: Period = { from: undefined, to: Number.MAX_SAFE_INTEGER };

/** Time and files of what is asked. */
export function readActivity(
  db: Database,
  query: ActivityQuery,
): Activity {
  const active = readStretches(db, query, "active");
  return {
    durationMs: lengthOf(readStretches(db, query, "whole")),
    activeMs: lengthOf(active),
    overlap: overlapOf(active),
    files: readFiles(db, query),
  };
}

/** Time and files of whole sessions, of each by its number. */
export function readSessionActivities(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, Activity> {
  const query = { period: ALWAYS, filter: {}, sessions };
  const read = (which: keyof typeof STRETCHES) =>
    Map.groupBy(readStretches(db, query, which), ([session]) => session);
  const whole = read("whole"), active = read("active");
  const files = Map.groupBy(readSessionFiles(db, sessions), ([session]) => session);
  return new Map(sessions.map((session) => {
    const stretches = active.get(session) ?? [];
    return [session, {
      durationMs: lengthOf(whole.get(session) ?? []),
      activeMs: lengthOf(stretches),
      overlap: overlapOf(stretches),
      files: new Map(
        (files.get(session) ?? []).map(([, extension, count]) => [extension, count]),
      ),
    }];
  }));
}

/** Where stretches of sessions `s` are found, and the columns of their ends. */
interface Stretches {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  /** Which of them. */
  readonly and?: string;
}

/** Digests do not hold how long sessions were that are longer. */
const LONG_MS = 2_678_400_000;
const WHOLE = { table: "sessions s", from: "s.started_at", to: "s.ended_at" } as const;
const STRETCHES = {
  whole: WHOLE,
  short: { ...WHOLE, and: ` and s.ended_at - s.started_at <= ${LONG_MS}` },
  long: { ...WHOLE, and: ` and s.ended_at - s.started_at > ${LONG_MS}` },
  active: {
    table: "active_spans x join sessions s on s.id = x.session",
    from: "x.from_at",
    to: "x.to_at",
  },
} as const satisfies Readonly<Record<string, Stretches>>;

/**
 * Whole sessions, all or those of at most or more than 31 days, or their active stretches, in the
 * period; forks without what they inherited.
 */
export function readStretches(
  db: Database,
  query: ActivityQuery,
  which: keyof typeof STRETCHES,
): ActiveStretch[] {
  const { table, from, to, and = "" }: Stretches = STRETCHES[which];
  const where = conditions(query);
  const begin = query.period.from ?? 0, end = query.period.to;
  // One text of them costs less than half of what as many rows do.
  const [list] = prepareArrays(
    db,
    `select json_group_array(json_array(s.id, max(${from}, ?), min(${to}, ?))) from ${table}
     where s.counted = 1 and ${from} < ? and ${to} >= ?${and}${where.sql}`,
  ).get(begin, end, end, begin, ...where.parameters) as unknown as [string];
  const stretches = JSON.parse(list) as ActiveStretch[];
  const forks = readForkTimes(db, query.sessions);
  if (forks.size === 0) return stretches;
  return stretches
    .map(([id, from, to]): ActiveStretch => [id, Math.max(from, forks.get(id) ?? from), to])
    .filter(([, from, to]) => from <= to);
}

/** Their lengths added up, in milliseconds. */
export function lengthOf(stretches: readonly ActiveStretch[]): number {
  return stretches.reduce((sum, [, from, to]) => sum + to - from, 0);
}

/** Files that edits changed, each once, by extension. */
export function readFiles(
  db: Database,
  query: ActivityQuery,
): Map<string, number> {
  const where = conditions(query), going = goingOn(query.period);
  if (where.sql === "" && isKeeper(db)) return readFilesTouched(db, query.period);
  const begin = query.period.from ?? 0, end = query.period.to;
  // Sessions first: of all edits those of a few are wanted, and the index knows where they are.
  // Each file once before it is named: the same files are changed again and again.
  const rows = prepareArrays(
    db,
    `select w.text, count(*) from (
       select distinct x.extension, x.file
       from sessions s cross join tool_calls x
         on x.session = s.id and x.at >= ? and x.at < ?
       where ${CHANGED_FILE} and ${going.sql}${where.sql}
     ) f join words w on w.id = f.extension
     group by 1 order by 2 desc, 1`,
  ).all(begin, end, ...going.parameters, ...where.parameters) as unknown as [string, number][];
  return new Map(rows);
}

/** The same of sessions, of each by its number. */
function readSessionFiles(db: Database, sessions: readonly number[]) {
  return prepareArrays(
    db,
    `select x.session, w.text, count(distinct x.file)
     from tool_calls x join words w on w.id = x.extension
     where x.at >= 0 and ${CHANGED_FILE}${ofSessions("x.session", sessions)}
     group by 1, 2 order by 1, 3 desc, 2`,
  ).all(...among(sessions)) as unknown as [session: number, extension: string, files: number][];
}

function conditions({ filter, sessions }: ActivityQuery) {
  const { sql, parameters } = sessionConditions(filter);
  return {
    sql: sql + ofSessions("s.id", sessions),
    parameters: [...parameters, ...among(sessions)],
  };
}
