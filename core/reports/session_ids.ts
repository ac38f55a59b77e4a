/**
 * Finds sessions by what a person copies from a table: the whole id, or its beginning.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** Shorter beginnings are no choice, but a slip. */
export const CHARACTERS_MIN = 4;

/**
 * The ids of sessions that it may name: for `last` the one with the latest moment, the one that it
 * is, or all beginning so, in order.
 */
export function findSessionIds(db: Database, text: string): string[] {
  if (text === "last") return [findLastSessionId(db)].filter((id) => id !== undefined);
  if (idsWhere(db, "session_id = ?1", text).length > 0) return [text];
  if (text.length < CHARACTERS_MIN) return [];
  return idsWhere(db, "substr(session_id, 1, length(?1)) = ?1", text);
}

/** A session as a person tells it from others. */
export interface NamedSession {
  readonly id: string;
  /** Hash of its project. */
  readonly project: string | null;
  /** Milliseconds since the epoch. */
  readonly endedAt: number | null;
}

/** The sessions whose ids begin so, the latest first. */
export function latestSessions(db: Database, beginning: string, limit: number): NamedSession[] {
  const rows = prepareArrays(
    db,
    `select s.session_id, w.text, s.ended_at from sessions s
     left join words w on w.id = s.project
     where s.counted = 1 and substr(s.session_id, 1, length(?1)) = ?1
     order by s.ended_at desc, s.session_id limit ?2`,
  ).all(beginning, limit) as unknown as [string, string | null, number | null][];
  return rows.map(([id, project, endedAt]) => ({ id, project, endedAt }));
}

/** The id of the session with the latest moment; undefined where there is none. */
export function findLastSessionId(db: Database): string | undefined {
  const row = prepareArrays(
    db,
    `select session_id from sessions where counted = 1
     order by ended_at desc, session_id limit 1`,
  ).get() as unknown as [string] | undefined;
  return row?.[0];
}

/** The number of a session that there is: ids are unique within a platform. */
export function sessionNumber(
  db: Database,
  { session_id, platform }: { readonly session_id: string; readonly platform: string },
): number {
  const [number] = prepareArrays(
    db,
    `select id from sessions
     where platform = (select id from words where text = ?) and session_id = ?`,
  ).get(platform, session_id) as unknown as [number];
  return number;
}

function idsWhere(db: Database, condition: string, text: string): string[] {
  const rows = prepareArrays(
    db,
    `select distinct session_id from sessions where counted = 1 and ${condition} order by 1`,
  ).all(text) as unknown as [string][];
  return rows.map(([id]) => id);
}
