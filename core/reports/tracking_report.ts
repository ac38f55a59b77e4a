/**
 * What an assistant told of itself in a session, in numbers.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { REPORTED_OUTCOMES, type ReportedOutcome } from "../tracking.ts";

/** Of one session. */
export interface TrackingReport {
  readonly decisions: number;
  /** Decisions by the latest outcome that was reported of each. */
  readonly outcomes: Readonly<Record<ReportedOutcome, number>>;
  /** Decisions of which none was. */
  readonly open: number;
  readonly turns: number;
  readonly feedback: number;
  /** The mean of ratings; null without any. */
  readonly mean_rating: number | null;
}

const SESSION = `(select id from sessions where session_id = ?1
  and platform = (select id from words where text = ?2))`;

/** The numbers of a session. */
export function reportTracking(
  db: Database,
  platform: string,
  sessionId: string,
): TrackingReport {
  const rows = prepareArrays(
    db,
    `select o.outcome, count(*) from tracked_decisions d left join reported_outcomes o
       on o.decision = d.decision and o.session = d.session
     where d.session = ${SESSION} group by 1`,
  ).all(sessionId, platform) as unknown as [number | null, number][];
  const [turns, feedback, mean] = prepareArrays(
    db,
    `select (select count(*) from recorded_turns where session = ${SESSION}),
       count(*), avg(rating) from feedback where session = ${SESSION}`,
  ).get(sessionId, platform) as unknown as [number, number, number | null];
  const counts = new Map(rows);
  return {
    decisions: rows.reduce((sum, [, count]) => sum + count, 0),
    outcomes: Object.fromEntries(
      REPORTED_OUTCOMES.map((outcome, i) => [outcome, counts.get(i) ?? 0]),
    ) as Record<ReportedOutcome, number>,
    open: counts.get(null) ?? 0,
    turns,
    feedback,
    mean_rating: mean === null ? null : Math.round(mean * 100) / 100,
  };
}

/** The place of a recorded turn among those of its session, from 1; undefined if there is none. */
export function turnNumber(
  db: Database,
  platform: string,
  sessionId: string,
  turn: number,
): number | undefined {
  const row = prepareArrays(
    db,
    `select (select count(*) from recorded_turns b where b.session = a.session
       and (b.at < a.at or (b.at = a.at and b.turn <= a.turn)))
     from recorded_turns a where a.session = ${SESSION} and a.turn = ?3`,
  ).get(sessionId, platform, turn) as unknown as [number] | undefined;
  return row?.[0];
}

/** The key of the last edit that a session asked for; undefined where there is none. */
export function lastEdit(db: Database, platform: string, sessionId: string): number | undefined {
  const row = prepareArrays(
    db,
    `select key from tool_calls where session = ${SESSION} and is_edit = 1
     order by at desc, key limit 1`,
  ).get(sessionId, platform) as unknown as [number] | undefined;
  return row?.[0];
}

/** Whether anything is known of a decision, or of a tool call with that key. */
export function isDecisionKnown(db: Database, decision: number): boolean {
  const row = prepareArrays(
    db,
    `select exists (select 1 from tracked_decisions where decision = ?1)
       or exists (select 1 from tool_calls where key = ?1)`,
  ).get(decision) as unknown as [number];
  return row[0] === 1;
}
