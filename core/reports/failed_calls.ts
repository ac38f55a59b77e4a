/**
 * Tool calls that failed, and what was tried after each of them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { OUTCOMES } from "../session_counts.ts";
import { goingOn, type Period } from "./period.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";

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

/** The failed calls of a period, the earliest first. */
export function readFailedCalls(
  db: Database,
  { from = 0, to }: Period,
  filter: SessionFilter,
  words: ReadonlyMap<number, string>,
): FailedCall[] {
  const { sql, parameters } = countedSessions(filter);
  const rows = prepareArrays(
    db,
    `select x.key, x.session, x.side, x.at, x.resolved_at, x.tool, x.error, x.form
     from tool_calls x join sessions s on s.id = x.session
     where x.outcome = ${FAILED} and x.tool is not null and x.at >= ? and x.at < ?
       and ${sql}
     order by x.at, x.key`,
  ).all(from, to, ...parameters) as unknown as Row[];
  return rows.map(([key, session, side, at, resolvedAt, tool, error, form]) => ({
    key,
    session,
    side,
    at,
    resolvedAt,
    tool: words.get(tool) ?? "other",
    error: words.get(error ?? -1) ?? "other",
    form: words.get(form ?? -1) ?? null,
  }));
}

/** By tool, the calls of a period that ended well or failed. */
export function countFinishedCalls(
  db: Database,
  period: Period,
  filter: SessionFilter,
  words: ReadonlyMap<number, string>,
): Map<string, number> {
  const { sql, parameters } = countedSessions(filter), going = goingOn(period);
  const { from = 0, to } = period;
  // Sessions first: of a short time they are few, and an index holds all that is asked of calls.
  const rows = prepareArrays(
    db,
    `select x.tool, count(*) from sessions s cross join tool_calls x
       on x.session = s.id and x.tool is not null and x.at >= ? and x.at < ?
     where x.outcome in (${OK}, ${FAILED}) and ${going.sql} and ${sql}
     group by x.tool`,
  ).all(from, to, ...going.parameters, ...parameters) as unknown as [number, number][];
  return new Map(rows.map(([tool, count]) => [words.get(tool) ?? "other", count]));
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

  /** The calls behind this one, in their order. */
  after({ session, side, at, resolvedAt, key }: FailedCall): NextCall[] {
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
