/**
 * Tool calls that failed, and what was tried after each of them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import {
  addCount,
  among,
  inOrder,
  keepOfSessions,
  ofCounted,
  type SessionFold,
} from "../kept_sessions.ts";
import { OUTCOMES } from "../session_counts.ts";
import { countWithin, goingOn, type Period } from "./period.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";
import { readWords } from "../words.ts";
import { readGoingOn } from "./usage/session_usage.ts";
import { type Spanned, spanned, wholeOfSessions } from "./whole_of_sessions.ts";

/** One failed call. */
export interface FailedCall {
  readonly key: number;
  readonly session: number;
  readonly side: number;
  readonly at: number;
  readonly resolvedAt: number | null;
  readonly tool: string;
  /** Its class; `other` where none is told. */
  readonly error: string;
  /** Of both. */
  readonly name: string;
  readonly form: string | null;
}

/** Failed calls of one tool and class, and the sessions in which they are. */
export interface Failures {
  /** The earliest first. */
  readonly calls: FailedCall[];
  readonly sessions: Set<number>;
}

/** Failures by the name of both. */
export type FailuresByName = Map<string, Failures>;

/** A call behind a failed one. */
export interface NextCall {
  readonly tool: string;
  readonly form: string | null;
  readonly ok: boolean;
}

/** How many calls behind a failed one may mend it. */
export const NEXT_CALLS = 5;

const OK = OUTCOMES.indexOf("ok"), FAILED = OUTCOMES.indexOf("failed");

type Row = [
  key: number,
  session: number,
  side: number,
  at: number,
  resolvedAt: number | null,
  tool: number,
  error: number | null,
  form: number | null,
];

const ORDER = inOrder<FailedCall>((a, b) => a.at - b.at || a.key - b.key);
/** Of sessions, each with all of its failed calls. */
const FAILURES: SessionFold<readonly FailedCall[], FailuresByName> = {
  start: (sessions) =>
    new Map(
      [...Map.groupBy([...sessions].flat(), ({ name }) => name)].map(([name, calls]) => [
        name,
        { calls: ORDER.start(calls), sessions: new Set(calls.map(({ session }) => session)) },
      ]),
    ),
  add(failures, calls) {
    for (const call of calls) {
      const of = failures.getOrInsertComputed(
        call.name,
        () => ({ calls: [], sessions: new Set() }),
      );
      ORDER.add(of.calls, call);
      of.sessions.add(call.session);
    }
  },
  remove(failures, calls) {
    for (const call of calls) {
      const of = failures.get(call.name)!;
      ORDER.remove(of.calls, call);
      of.sessions.delete(call.session);
      if (of.calls.length === 0) failures.delete(call.name);
    }
  },
};

type Counts = readonly (readonly [tool: string, count: number])[];

const COUNTS: SessionFold<Counts, Map<string, number>> = {
  start(sessions) {
    const all = new Map<string, number>();
    for (const counts of sessions) COUNTS.add(all, counts);
    return all;
  },
  add: (all, counts) => counts.forEach(([tool, count]) => addCount(all, tool, count)),
  remove: (all, counts) => counts.forEach(([tool, count]) => addCount(all, tool, -count)),
};

/** What is kept of a session until it changes; of one that called nothing there is none. */
const failedOf = keepOfSessions(readFailed), finishedOf = keepOfSessions(readFinished);
const allFailures = wholeOfSessions(
  (db, sessions) =>
    readFailed(db, sessions).entries().map(([session, calls]) =>
      [session, spanned(calls, calls.map(({ at }) => at))] as const
    ),
  FAILURES,
);
const allFinished = wholeOfSessions(countFinished, COUNTS);
/** What was done next takes longest to look up. */
const NEXT = new WeakMap<FailedCall, readonly NextCall[]>();

/** The failed calls of a period. Whoever is given them keeps none of it: it changes in place. */
export function readFailures(
  db: Database,
  period: Period,
  filter: SessionFilter,
): FailuresByName {
  const whole = allFailures(db, period, filter);
  if (whole) return whole;
  const sessions = sessionsOf(db, period, filter), kept = failedOf(db, sessions);
  const { from = 0, to } = period;
  const within = sessions.flatMap((session) => kept.get(session) ?? [])
    .filter(({ at }) => at >= from && at < to);
  return FAILURES.start([within]);
}

/** By tool, the calls of a period that ended well or failed; likewise. */
export function countFinishedCalls(
  db: Database,
  period: Period,
  filter: SessionFilter,
): ReadonlyMap<string, number> {
  const whole = allFinished(db, period, filter);
  if (whole) return whole;
  const sessions = sessionsOf(db, period, filter), kept = finishedOf(db, sessions);
  const counts = new Map<string, number>();
  for (const session of sessions) {
    for (const [tool, times] of kept.get(session) ?? []) {
      addCount(counts, tool, countWithin(times, period));
    }
  }
  return counts;
}

function sessionsOf(
  db: Database,
  period: Period,
  filter: SessionFilter,
): readonly number[] {
  if (filter.model === undefined) {
    return readGoingOn(db, { period, filter, now: period.to }).sessions;
  }
  const { sql, parameters } = countedSessions(filter), going = goingOn(period);
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id) from sessions s where ${going.sql} and ${sql}`,
  ).get(...going.parameters, ...parameters) as unknown as [string];
  return JSON.parse(text) as number[];
}

/** By tool, the moments of calls that ended well or failed, the earliest first. */
function readFinished(
  db: Database,
  sessions?: readonly number[],
): Map<number, [tool: string, times: number[]][]> {
  const words = readWords(db), finished = new Map<number, [string, number[]][]>();
  const rows = prepareArrays(
    db,
    `select session, tool, json_group_array(at order by at) from tool_calls
     where outcome in (${OK}, ${FAILED}) and tool is not null${ofCounted("session", sessions)}
     group by session, tool`,
  ).all(...among(sessions)) as unknown as [number, number, string][];
  for (const [session, tool, times] of rows) {
    finished.getOrInsertComputed(session, () => [])
      .push([words.get(tool) ?? "other", JSON.parse(times) as number[]]);
  }
  return finished;
}

/** The same counted, of sessions that count. */
function countFinished(
  db: Database,
  sessions?: readonly number[],
): Iterable<readonly [session: number, Spanned<Counts>]> {
  const words = readWords(db);
  const rows = prepareArrays(
    db,
    `select session, tool, count(*), min(at), max(at) from tool_calls
     where outcome in (${OK}, ${FAILED}) and tool is not null${ofCounted("session", sessions)}
     group by session, tool`,
  ).all(...among(sessions)) as unknown as [number, number, number, number, number][];
  return Map.groupBy(rows, ([session]) => session).entries().map(([session, rows]) => {
    const counts = rows.map(([, tool, count]) => [words.get(tool) ?? "other", count] as const);
    return [session, spanned(counts, rows.flatMap(([, , , first, last]) => [first, last]))];
  });
}

function readFailed(db: Database, sessions?: readonly number[]): Map<number, FailedCall[]> {
  const words = readWords(db);
  const rows = prepareArrays(
    db,
    `select key, session, side, at, resolved_at, tool, error, form from tool_calls
     where outcome = ${FAILED} and tool is not null${ofCounted("session", sessions)}`,
  ).all(...among(sessions)) as unknown as Row[];
  const calls = rows.map(([key, session, side, at, resolvedAt, ...texts]): FailedCall => {
    const [tool, error, form] = texts.map((number) => words.get(number ?? -1));
    return {
      ...{ key, session, side, at, resolvedAt },
      tool: tool ?? "other",
      error: error ?? "other",
      name: `${tool ?? "other"} ${error ?? "other"}`,
      form: form ?? null,
    };
  });
  return Map.groupBy(calls, ({ session }) => session);
}

/** The first calls that were made once a failure was known, in their order, by the failed one. */
export function readNextCalls(
  db: Database,
  calls: readonly FailedCall[],
): (call: FailedCall) => readonly NextCall[] {
  const missing = new Map(
    calls.filter((call) => !NEXT.has(call)).map((call) => [call.key, call]),
  );
  if (missing.size > 0) {
    const words = readWords(db);
    for (const [key, text] of readNext(db, [...missing.keys()])) {
      const next = (JSON.parse(text) as [number, number | null, number | null][]).map(
        ([tool, form, outcome]): NextCall => ({
          tool: words.get(tool) ?? "other",
          form: words.get(form ?? -1) ?? null,
          ok: outcome === OK,
        }),
      );
      NEXT.set(missing.get(key)!, next);
    }
  }
  return (call) => NEXT.get(call) ?? [];
}

function readNext(db: Database, keys: readonly number[]): [key: number, next: string][] {
  // The limit makes the inner rows come in their order.
  return prepareArrays(
    db,
    `select f.key, (
       select json_group_array(json_array(tool, form, outcome))
       from (
         select n.tool, n.form, n.outcome from tool_calls n
         where n.session = f.session and n.side = f.side
           and n.at >= ifnull(f.resolved_at, f.at) and n.key <> f.key and n.tool is not null
         order by n.at, n.key limit ${NEXT_CALLS}))
     from tool_calls f where f.key in (select value from json_each(?))`,
  ).all(JSON.stringify(keys)) as unknown as [number, string][];
}
