/**
 * Counts the sessions of a period: those in which something was asked, answered or called in it.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { IS_CALL, IS_INPUT } from "./digest_rows.ts";
import { goingOn, type Period } from "./period.ts";
import type { Stretch } from "./pieces.ts";
import { countGoingOn } from "./session_heads.ts";
import { sessionConditions, type SessionFilter, whereOf, wholeSessions } from "./sums.ts";

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
  const [count] = sql === "" && isKeeper(db) ? [countGoingOn(db, period).total] : prepareArrays(
    db,
    `select count(*) from sessions s where s.counted = 1 and ${going.sql}${sql}`,
  ).get(...going.parameters, ...parameters) as unknown as [number];
  return count - countIdle(db, query);
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
 * Those that did something before or behind the period and nothing in it: only what began before
 * it or ended behind it can be so. A fork that only has the past of another does nothing ever.
 */
function countIdle(db: Database, { period, filter, stretch }: SessionCountQuery): number {
  const { from = 0, to } = period, going = goingOn({ from, to });
  const { sql, parameters } = sessionConditions(filter);
  const within = whereOf(stretch, {}), whole = wholeSessions(undefined);
  const [count] = prepareArrays(
    db,
    `select count(*) from sessions s
     where s.counted = 1 and ${going.sql} and (s.started_at < ? or s.ended_at >= ?)${sql}
       and not (${does(within.sql)}) and (${does(whole.sql)})`,
  ).get(
    ...going.parameters,
    from,
    to,
    ...parameters,
    ...ACTIONS.flatMap(() => within.parameters),
    ...ACTIONS.flatMap(() => whole.parameters),
  ) as unknown as [number];
  return count;
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
