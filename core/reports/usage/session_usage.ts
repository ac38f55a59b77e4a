/**
 * How each session was used as a whole, kept by a reader: of most it never changes again.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../../database.ts";
import { among, keepOfSessions, ofSessions } from "../../kept_sessions.ts";
import { readSessionHeads } from "../session_heads.ts";
import { sessionConditions } from "../sums.ts";
import { sessionsGoingOn, type UsageQuery } from "../usage_sums.ts";

/** One session; all but the first two are null where nothing was done in it. */
export interface SessionUsage {
  /** Numbers of words. */
  readonly platform: number;
  readonly project: number | null;
  readonly operations: number | null;
  readonly files_edited: number | null;
  readonly files_churned: number | null;
  /** Tokens of requests of its main thread, and millionths of the context that they filled. */
  readonly request_median: number | null;
  readonly request_last: number | null;
  readonly fill_median: number | null;
  readonly fill_last: number | null;
}

/** Sessions by number; `isAll` where there are no others. */
export interface GoingOn {
  readonly sessions: readonly number[];
  readonly isAll: boolean;
}

const COLUMNS = [
  "operations",
  "files_edited",
  "files_churned",
  "request_median",
  "request_last",
  "fill_median",
  "fill_last",
] as const;

type Known = number | null;
type Row = readonly [number, number, Known, Known, Known, Known, Known, Known, Known, Known];

const keptUsage = keepOfSessions(read);

/** The sessions that were going on. */
export function readGoingOn(db: Database, query: UsageQuery): GoingOn {
  const { period: { from, to }, filter } = query;
  const mayBeAll = from === undefined && sessionConditions(filter).sql === "";
  if (mayBeAll && isKeeper(db)) {
    const heads = readSessionHeads(db);
    const begun = heads.filter(({ startedAt }) => startedAt === null || startedAt < to);
    return {
      sessions: begun.map(({ number }) => number),
      isAll: begun.length === heads.length,
    };
  }
  const { sql, parameters } = sessionsGoingOn(query);
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id) from sessions s where ${sql}`,
  ).get(...parameters) as unknown as [string];
  return { sessions: JSON.parse(text) as number[], isAll: mayBeAll && !hasLater(db, to) };
}

function hasLater(db: Database, to: number): boolean {
  const [has] = prepareArrays(
    db,
    "select exists (select 1 from sessions where counted = 1 and started_at >= ?)",
  ).get(to) as unknown as [number];
  return has === 1;
}

/** The usage of each of them. */
export function readSessionsUsage(db: Database, { sessions, isAll }: GoingOn): SessionUsage[] {
  const kept = keptUsage(db, isAll ? undefined : sessions);
  const usage: SessionUsage[] = [];
  for (const session of sessions) {
    const of = kept.get(session);
    if (of) usage.push(of);
  }
  return usage;
}

/** The one in the middle, the lower of two; null without any. */
export function middleOf(numbers: Float64Array): number | null {
  const wanted = (numbers.length - 1) >> 1;
  // Of one part after the other it is known that it holds the wanted one: to sort all of them
  // takes ten times as long.
  for (let low = 0, high = numbers.length - 1; low < high;) {
    const pivot = numbers[(low + high) >> 1]!;
    let i = low, j = high;
    while (i <= j) {
      while (numbers[i]! < pivot) i++;
      while (numbers[j]! > pivot) j--;
      if (i <= j) {
        const one = numbers[i]!;
        numbers[i++] = numbers[j]!;
        numbers[j--] = one;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return numbers[wanted] ?? null;
}

function read(db: Database, sessions?: readonly number[]): [number, SessionUsage][] {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(s.id, s.platform, s.project, ${
      COLUMNS.map((name) => `u.${name}`).join(", ")
    })) from sessions s left join session_usage u on u.session = s.id
     where true${ofSessions("s.id", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  return (JSON.parse(text) as Row[]).map((row) => [row[0], {
    platform: row[1],
    project: row[2],
    operations: row[3],
    files_edited: row[4],
    files_churned: row[5],
    request_median: row[6],
    request_last: row[7],
    fill_median: row[8],
    fill_last: row[9],
  }]);
}
