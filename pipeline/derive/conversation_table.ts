/**
 * Turns and conversations: from what a person typed to the last answer before the next. They
 * follow from the facts of a session alone, in whatever order those came.
 *
 * @module
 */

import { type Database, LIMIT, prepareArrays, type Statement } from "../../core/database.ts";
import { EVENT_TYPES, type EventType } from "../../core/event.ts";
import { OUTCOMES, TURN_BEGINNINGS, TURN_MAX_MS } from "../../core/session_counts.ts";
import { ownEnd } from "../../core/time_facts.ts";
import { NOTHING_AT } from "./dirty_sessions.ts";

type Beginning = [input: number, at: number, untimed: number];
type Turn = readonly [
  startedAt: number,
  input: number,
  durationMs: number | null,
  responses: number,
  toolCalls: number,
  failed: number,
  interrupted: number,
  firstCallMs: number | null,
];

/** So many turns are derived at once, that a long session does not hold up others. */
const TURNS_MAX = 100;

/** Writes the tables `turns` and `conversations`. */
export class ConversationTable {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.#statements = prepare(db);
  }

  /**
   * Derives what a session has from the turn before `fromAt` on; the caller holds the
   * transaction.
   *
   * @returns from what moment on there is more to do
   */
  derive(session: number, fromAt: number): number | undefined {
    const { before, putConversation, removeUncounted } = this.#statements;
    const [start] = before.get(session, fromAt) as unknown as [number] | undefined ?? [fromAt];
    const { beginnings, end } = this.#beginnings(session, start, fromAt);
    const turns = beginnings.map((beginning, i): Turn => {
      const next = beginnings[i + 1]?.[1] ?? end ?? NOTHING_AT;
      return this.#turn(session, beginning, next);
    });
    this.#write(session, start, end ?? NOTHING_AT, turns);
    if (end !== undefined) return end;
    putConversation.run(session);
    removeUncounted.run(session);
    return undefined;
  }

  /** The beginnings of turns from `start` on, and the moment before which they all are. */
  #beginnings(session: number, start: number, fromAt: number) {
    const read = (max: number) =>
      this.#statements.beginnings.all(session, start, max) as unknown as Beginning[];
    const beginnings = read(TURNS_MAX + 1);
    const end = beginnings[TURNS_MAX]?.[1];
    // Where so many were typed in one moment, only all of them together lead further.
    if (end !== undefined && end <= fromAt) return { beginnings: read(-1), end: undefined };
    return { beginnings: beginnings.filter(([, at]) => end === undefined || at < end), end };
  }

  #turn(session: number, [input, at, untimed]: Beginning, next: number): Turn {
    const { responses, calls, interruptions } = this.#statements;
    const [said, saidAt] = responses.get(session, at, next) as unknown as [number, number | null];
    const [called, failed, broken, doneAt, firstAt] = calls.get(
      session,
      at,
      next,
    ) as unknown as [number, number, number, number | null, number | null];
    const [interrupted] = interruptions.get(session, at, next) as unknown as [number];
    const endedAt = untimed === 1 || saidAt === null && doneAt === null
      ? undefined
      : Math.max(saidAt ?? at, doneAt ?? at);
    const duration = endedAt === undefined ? null : Math.min(endedAt - at, TURN_MAX_MS);
    const firstCall = untimed === 1 || firstAt === null ? null : firstAt - at;
    const wasBroken = broken + interrupted > 0 ? 1 : 0;
    return [at, input, duration, said, called, failed, wasBroken, firstCall];
  }

  /** Puts turns in the place of those that a stretch had; what stays is not written. */
  #write(session: number, start: number, end: number, turns: readonly Turn[]): void {
    const { turns: stored, removeTurn, putTurn } = this.#statements;
    const before = new Map(
      (stored.all(session, start, end) as unknown as Turn[]).map((turn) => [nameOf(turn), turn]),
    );
    for (const turn of turns) {
      const known = before.get(nameOf(turn));
      before.delete(nameOf(turn));
      if (!known?.every((value, i) => value === turn[i])) putTurn.run(session, ...turn);
    }
    for (const [at, input] of before.values()) removeTurn.run(session, at, input);
  }
}

function nameOf([at, input]: Turn): string {
  return `${at} ${input}`;
}

function prepare(db: Database) {
  const arrays = (sql: string): Statement => prepareArrays(db, sql);
  const numberOf = (type: EventType) => EVENT_TYPES.indexOf(type);
  const begins = `kind in (${TURN_BEGINNINGS.map(numberOf).join(", ")})`;
  const within = "session = ?1 and at >= ?2 and at < ?3";
  return {
    before: arrays(
      `select at from inputs where session = ? and at < ? and ${begins}
       order by at desc limit 1`,
    ),
    beginnings: arrays(
      `select key, at, untimed from inputs where session = ? and at >= ? and ${begins}
       order by at, key ${LIMIT}`,
    ),
    responses: arrays(`select count(*), max(at) from responses where ${within} and side = 0`),
    // A result counts for the turn in which its call was made, and only before the next one.
    calls: arrays(
      `select ifnull(sum(called and tool is not null), 0), ifnull(sum(outcome = ${
        OUTCOMES.indexOf("failed")
      }), 0),
         ifnull(sum(outcome = ${OUTCOMES.indexOf("interrupted")}), 0),
         max(iif(resolved_at < ?3, ${ownEnd("tool_calls", "?1")}, null)),
         min(iif(called = 1 and tool is not null, at, null))
       from tool_calls where ${within} and side = 0`,
    ),
    interruptions: arrays(
      `select count(*) from inputs where ${within} and kind = ${numberOf("interruption")}`,
    ),
    turns: arrays(
      `select started_at, input, duration_ms, responses, tool_calls, failed, interrupted,
         first_call_ms from turns where session = ? and started_at >= ? and started_at < ?`,
    ),
    putTurn: db.prepare(
      `insert or replace into turns (session, started_at, input, duration_ms, responses,
         tool_calls, failed, interrupted, first_call_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    removeTurn: db.prepare(
      "delete from turns where session = ? and started_at = ? and input = ?",
    ),
    putConversation: db.prepare(
      `insert or replace into conversations (session, turns, answered, interrupted, turn_ms)
       select ?1, count(*), count(duration_ms), ifnull(sum(interrupted), 0), sum(duration_ms)
       from turns where session = ?1`,
    ),
    removeUncounted: db.prepare(
      `delete from conversations
       where session = ?1 and not exists (select 1 from sessions where id = ?1 and counted = 1)`,
    ),
  };
}
