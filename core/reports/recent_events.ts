/**
 * What has just happened, moment by moment: what was typed, and every tool call with how it ended.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { OUTCOMES } from "../session_counts.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** One of them. */
export interface RecentEvent {
  readonly timestamp: string;
  readonly session_id: string;
  readonly platform: string;
  /** `tool_use`, or the type of what was typed. */
  readonly event_type: string;
  readonly tool: string | null;
  /** How the call ended; null where it did not yet. */
  readonly outcome: string | null;
  readonly duration_ms: number | null;
}

/** Events by an id that stays the same when their outcome comes; the latest first. */
export type RecentEvents = Readonly<Record<string, RecentEvent>>;

type Row = [
  id: string,
  at: number,
  session: string,
  platform: string,
  type: number | null,
  tool: string | null,
  outcome: number | null,
  durationMs: number | null,
];

const WITHIN_MS = 3_600_000;
const EVENTS_MAX = 50, SESSIONS_MAX = 32;

/** The last fifty of the last hour. */
export function readRecentEvents(
  db: Database,
  now: number,
  filter: SessionFilter = {},
): RecentEvents {
  const { sql, parameters } = sessionConditions(filter);
  const since = now - WITHIN_MS;
  const sessions = prepareArrays(
    db,
    `select s.id, s.session_id, p.text from sessions s join words p on p.id = s.platform
     where s.counted = 1 and s.ended_at >= ?${sql} order by s.ended_at desc, s.id limit ?`,
  ).all(since, ...parameters, SESSIONS_MAX) as unknown as [number, string, string][];
  const calls = prepareArrays(
    db,
    `select 'c' || c.key, c.at, ?, ?, null, w.text, c.outcome, c.duration_ms from tool_calls c
     join words w on w.id = c.tool
     where c.session = ? and c.at >= ? order by c.at desc limit ?`,
  );
  const turns = prepareArrays(
    db,
    `select 'i' || t.input, t.started_at, ?, ?, i.kind, null, null, t.duration_ms from turns t
     join inputs i on i.key = t.input where t.session = ? and t.started_at >= ?
     order by t.started_at desc limit ?`,
  );
  const rows = sessions.flatMap(([id, session, platform]) =>
    [calls, turns].flatMap((read) =>
      read.all(session, platform, id, since, EVENTS_MAX) as unknown as Row[]
    )
  );
  return Object.fromEntries(
    rows.sort((a, b) => b[1] - a[1]).slice(0, EVENTS_MAX).map((row) => [row[0], eventOf(row)]),
  );
}

function eventOf(
  [, at, session_id, platform, type, tool, outcome, duration_ms]: Row,
): RecentEvent {
  return {
    timestamp: new Date(at).toISOString(),
    session_id,
    platform,
    event_type: type === null ? "tool_use" : EVENT_TYPES[type] ?? "other",
    tool,
    outcome: outcome === null ? null : OUTCOMES[outcome] ?? null,
    duration_ms,
  };
}
