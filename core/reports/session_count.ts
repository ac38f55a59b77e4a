/**
 * Counts the sessions of a period: those in which something was asked, answered or called in it.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { IS_CALL, IS_INPUT } from "./digest_rows.ts";
import { goingOn, type Period } from "./period.ts";
import type { Stretch } from "./pieces.ts";
import { areAllWithin, countGoingOn, headsGoingOn } from "./session_heads.ts";
import {
  sessionConditions,
  type SessionFilter,
  type Where,
  whereOf,
  wholeSessions,
} from "./sums.ts";

/** Of which sessions, and of what stretch of sums. */
export interface SessionCountQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  readonly stretch: Stretch;
}

/** Those that were going on and not idle; with a model those that used it then. */
export function countSessions(db: Database, query: SessionCountQuery): number {
  const { period, filter, stretch } = query;
  if (filter.model !== undefined) return countOfModel(db, filter, stretch);
  const { sql, parameters } = sessionConditions(filter), going = goingOn(period);
  if (sql === "" && isKeeper(db)) return countGoingOn(db, period).total - countIdle(db, query);
  const idle = idleIn(query);
  const [count] = prepareArrays(
    db,
    `select count(*) from sessions s
     where s.counted = 1 and ${going.sql}${sql} and not (${idle.sql})`,
  ).get(...going.parameters, ...parameters, ...idle.parameters) as unknown as [number];
  return count;
}

/** Where heads are kept, they tell which can be idle: few, and of all time none. */
function countIdle(db: Database, query: SessionCountQuery): number {
  const { period } = query, { from = 0, to } = period;
  if (areAllWithin(db, period)) return 0;
  const crossing = headsGoingOn(db, period)
    .filter(({ startedAt, endedAt }) => (startedAt ?? from) < from || (endedAt ?? 0) >= to)
    .map(({ number }) => number);
  if (crossing.length === 0) return 0;
  const idle = idleIn(query);
  const [count] = prepareArrays(
    db,
    `select count(*) from sessions s where ${idle.sql}${ofSessions("s.id", crossing)}`,
  ).get(...idle.parameters, ...among(crossing)) as unknown as [number];
  return count;
}

function countOfModel(db: Database, filter: SessionFilter, stretch: Stretch): number {
  const { sql, parameters } = whereOf(stretch, filter);
  const [count] = prepareArrays(
    db,
    `select count(distinct x.session) from model_sums x join sessions s on s.id = x.session
     where s.counted = 1 and x.member = (select id from words where text = ?) and ${sql}`,
  ).get(filter.model!, ...parameters) as unknown as [number];
  return count;
}

/**
 * The condition on sessions `s` that did something before or behind the period and nothing in it:
 * only what began before it or ended behind it can be so. A fork that only has the past of
 * another does nothing ever.
 */
function idleIn({ period: { from = 0, to }, stretch }: SessionCountQuery): Where {
  const within = whereOf(stretch, {}), whole = wholeSessions(undefined);
  return {
    sql: `ifnull(s.started_at < ? or s.ended_at >= ?, false)
       and not (${does(within.sql)}) and (${does(whole.sql)})`,
    parameters: [
      from,
      to,
      ...ACTIONS.flatMap(() => within.parameters),
      ...ACTIONS.flatMap(() => whole.parameters),
    ],
  };
}

/** Sums of what sessions do, and which of them are of something. */
const ACTIONS = [
  ["input_sums", IS_INPUT],
  ["model_sums", "true"],
  ["call_sums", IS_CALL],
] as const;

/**
 * SQL of whether the session `s` has any of them, of those that a condition on sums `x` is of. It
 * has few, and the period many.
 */
function does(where: string): string {
  return ACTIONS.map(([table, isOne]) =>
    `exists (select 1 from ${table} x indexed by ${table}_session
       where x.session = s.id and ${where} and ${isOne})`
  ).join(" or ");
}
