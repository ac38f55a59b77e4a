/**
 * Where the time of sessions went: states that exclude each other and together are their duration.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { QUARTER_SECONDS, TIME_COUNTS } from "../session_counts.ts";
import { timedWhere } from "./latency.ts";
import type { Period } from "./period.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { type Counts, countsOf, sessionConditions, type SessionFilter } from "./sums.ts";

/** Times in milliseconds; null where they are not known. */
export interface TimeReport {
  /**
   * From the first to the last moment of each session; of a fork without what it inherited, unless
   * its own past lies in that.
   */
  readonly duration_ms: number;
  readonly model_ms: number;
  /** Null where no call tells when it ended: then model_ms holds it. */
  readonly tool_ms: number | null;
  /** Null where no hook told of a request: then tool_ms holds it. */
  readonly permission_ms: number | null;
  readonly user_ms: number;
  readonly idle_ms: number;
  /** Active time ÷ duration; null where nothing lasted. */
  readonly active_ratio: number | null;
  /** The time of all sub-agents added up; null where none told of itself. */
  readonly agent_ms: number | null;
  /** How many sub-agents worked at once, on average while any did. */
  readonly agents_at_once: number | null;
}

/** Sums of the stored states. */
export type TimeCounts = Counts<typeof TIME_COUNTS[number]>;

/** The states of a period; undefined of a model, of which no time is known. */
export function readTimeCounts(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
): TimeCounts | undefined {
  if (filter.model !== undefined) return undefined;
  if (sessionConditions(filter).sql === "") {
    return countsOf(TIME_COUNTS, readDigest(db, wholeQuery(period, filter, now)).time, 0);
  }
  const { sql, parameters } = timedWhere(db, period, filter, now);
  const row = prepareArrays(
    db,
    `select 0, ${SUMS} from time_sums x join sessions s on s.id = x.session
     where s.counted = 1 and ${sql}`,
  ).get(...parameters);
  return countsOf(TIME_COUNTS, row as unknown as (number | null)[]);
}

/** The states of sessions, of each by its number. */
export function readSessionTimes(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, TimeCounts> {
  const rows = prepareArrays(
    db,
    `select x.session, ${SUMS} from time_sums x
     where x.tier = ${QUARTER_SECONDS}${ofSessions("x.session", sessions)} group by 1`,
  ).all(...among(sessions)) as unknown as [number, ...number[]][];
  const rowOf = new Map(rows.map((row) => [row[0], row]));
  return new Map(
    sessions.map((session) => [session, countsOf(TIME_COUNTS, rowOf.get(session) ?? [])]),
  );
}

/** What stored states make of a duration: the rest of it is idle. */
export function timeOf(
  counts: TimeCounts,
  durationMs: number,
  activeMs: number | null,
): TimeReport {
  const { model_ms, tool_ms, permission_ms, user_ms, agent_ms, agents_busy_ms } = counts;
  const areToolsTimed = counts.timed_calls > 0 || counts.calls === 0;
  const known = model_ms + tool_ms + permission_ms + user_ms;
  const whole = Math.max(durationMs, known);
  return {
    duration_ms: whole,
    model_ms,
    tool_ms: areToolsTimed || tool_ms > 0 ? tool_ms : null,
    permission_ms: permission_ms || null,
    user_ms,
    idle_ms: whole - known,
    active_ratio: activeMs === null ? null : shareOf(activeMs, whole),
    agent_ms: agent_ms || null,
    agents_at_once: shareOf(agent_ms, agents_busy_ms),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(part / whole * 1e4) / 1e4;
}

const SUMS = TIME_COUNTS.map((name) => `sum(x.${name})`).join(", ");
