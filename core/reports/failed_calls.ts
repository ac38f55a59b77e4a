/**
 * Tool calls that failed, and what was tried after each of them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { OUTCOMES } from "../session_counts.ts";
import { goingOn, type Period } from "./period.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";
import { readWords } from "../words.ts";
import { readGoingOn } from "./usage/session_usage.ts";

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

/** What is kept of a session until it changes; of one that called nothing there is none. */
const failedOf = keepOfSessions(readFailed), finishedOf = keepOfSessions(readFinished);
/** What was done next takes longest to look up. */
const NEXT = new WeakMap<FailedCall, readonly NextCall[]>();

/** The failed calls of a period, the earliest first. */
export function readFailedCalls(
  db: Database,
  period: Period,
  filter: SessionFilter,
): FailedCall[] {
  const sessions = sessionsOf(db, period, filter), kept = failedOf(db, sessions);
  const { from = 0, to } = period;
  return sessions.flatMap((session) => kept.get(session) ?? [])
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at || a.key - b.key);
}

/** By tool, the calls of a period that ended well or failed. */
export function countFinishedCalls(
  db: Database,
  period: Period,
  filter: SessionFilter,
): Map<string, number> {
  const sessions = sessionsOf(db, period, filter), kept = finishedOf(db, sessions);
  const { from = 0, to } = period, counts = new Map<string, number>();
  for (const session of sessions) {
    for (const [tool, times] of kept.get(session) ?? []) {
      // Most sessions lie in the period with all that they did.
      const isWithin = times[0]! >= from && times.at(-1)! < to;
      const count = isWithin ? times.length : times.filter((at) => at >= from && at < to).length;
      if (count > 0) counts.set(tool, (counts.get(tool) ?? 0) + count);
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
     where outcome in (${OK}, ${FAILED}) and tool is not null${ofSessions("session", sessions)}
     group by session, tool`,
  ).all(...among(sessions)) as unknown as [number, number, string][];
  for (const [session, tool, times] of rows) {
    finished.getOrInsertComputed(session, () => [])
      .push([words.get(tool) ?? "other", JSON.parse(times) as number[]]);
  }
  return finished;
}

function readFailed(db: Database, sessions?: readonly number[]): Map<number, FailedCall[]> {
  const words = readWords(db);
  const rows = prepareArrays(
    db,
    `select key, session, side, at, resolved_at, tool, error, form from tool_calls
     where outcome = ${FAILED} and tool is not null${ofSessions("session", sessions)}`,
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

/** Reads the first calls that were made once a failure was known. */
export class NextCalls {
  readonly #words: ReadonlyMap<number, string>;
  readonly #read: ReturnType<typeof prepareArrays>;

  constructor(db: Database, words: ReadonlyMap<number, string>) {
    this.#words = words;
    this.#read = prepareArrays(
      db,
      `select tool, form, outcome from tool_calls
       where session = ? and side = ? and at >= ? and key <> ? and tool is not null
       order by at, key limit ${NEXT_CALLS}`,
    );
  }

  /** The calls behind one that was read just now, in their order. */
  after(call: FailedCall): readonly NextCall[] {
    return NEXT.getOrInsertComputed(call, () => this.#readAfter(call));
  }

  #readAfter({ session, side, at, resolvedAt, key }: FailedCall): NextCall[] {
    const rows = this.#read.all(session, side, resolvedAt ?? at, key) as unknown as [
      number,
      number | null,
      number | null,
    ][];
    return rows.map(([tool, form, outcome]) => ({
      tool: this.#words.get(tool) ?? "other",
      form: this.#words.get(form ?? -1) ?? null,
      ok: outcome === OK,
    }));
  }
}
