/**
 * What is going on now: the sessions in which something has just happened, the tool that each
 * waits for, and what people have just decided.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { DECIDERS } from "../edit_verdict.ts";
import { OUTCOMES } from "../session_counts.ts";
import { readSessionCost } from "./status_numbers.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** A session in which something has just happened. */
export interface RunningSession {
  readonly session_id: string;
  readonly platform: string;
  /** Hash of its project; null where it is not known. */
  readonly project_id: string | null;
  /** Milliseconds: its last moment. */
  readonly last_at: number;
  /** The tool whose result is not there yet, and when it was called. */
  readonly tool: string | null;
  readonly tool_at: number | null;
  readonly cost_usd: number | null;
  /** Null without cost. */
  readonly cost_is_lower_bound: boolean | null;
  readonly cost_coverage: number | null;
}

/** What a person decided of a call. */
export type DecisionKind = "granted" | "rejected" | "modified" | "kept" | "undone";

/** One decision. */
export interface Decision {
  readonly session_id: string;
  /** Milliseconds: when the call was made. */
  readonly at: number;
  readonly tool: string;
  readonly kind: DecisionKind;
}

/** All of it. */
export interface Running {
  /** The latest first. */
  readonly sessions: readonly RunningSession[];
  readonly decisions: readonly Decision[];
}

/** A session is running for so long after its last moment. */
export const RUNNING_MS = 10 * 60_000;
/** A call without a result after so long will have none. */
const CALL_MS = 3_600_000;
const DECIDED_MS = 3_600_000;
const SESSIONS_MAX = 8;
const DECISIONS_MAX = 5;
const REJECTED = OUTCOMES.indexOf("rejected");
const RAN = [OUTCOMES.indexOf("ok"), OUTCOMES.indexOf("failed")];
/** Places in the reviews of the fold: 1 is kept, 2 is taken back. */
const KINDS = `case when outcome = ${REJECTED} then 'rejected' when reviewed = 2 then 'undone'
  when user_modified = 1 then 'modified' when reviewed = 1 then 'kept'
  when (asked = 1 or decided_by = ${DECIDERS.person}) and outcome in (${
  RAN.join(", ")
}) then 'granted' end`;

type SessionRow = [
  id: number,
  sessionId: string,
  platform: string,
  project: string | null,
  lastAt: number,
];

/** What is going on, of what the filter lets through. */
export function readRunning(db: Database, now: number, filter: SessionFilter = {}): Running {
  const { sql, parameters } = sessionConditions(filter);
  const rows = prepareArrays(
    db,
    `select s.id, s.session_id, p.text, j.text, s.ended_at from sessions s
     join words p on p.id = s.platform left join words j on j.id = s.project
     where s.counted = 1 and s.ended_at >= ?${sql} order by s.ended_at desc, s.id limit ?`,
  ).all(now - DECIDED_MS, ...parameters, 4 * SESSIONS_MAX) as unknown as SessionRow[];
  const waiting = prepareArrays(
    db,
    `select w.text, c.at from tool_calls c join words w on w.id = c.tool
     where c.session = ? and c.outcome is null and c.called = 1 and c.resolved_at is null
       and c.at >= ? order by c.side, c.at desc limit 1`,
  );
  const sessions = rows.filter(([, , , , lastAt]) => lastAt >= now - RUNNING_MS)
    .slice(0, SESSIONS_MAX)
    .map(([id, session_id, platform, project_id, last_at]): RunningSession => {
      const [tool = null, tool_at = null] = (waiting.get(id, now - CALL_MS) ?? []) as unknown as [
        string?,
        number?,
      ];
      const cost = readSessionCost(db, platform, session_id);
      return {
        session_id,
        platform,
        project_id,
        last_at,
        tool,
        tool_at,
        cost_usd: cost?.cost_usd ?? null,
        cost_is_lower_bound: cost?.cost_is_lower_bound ?? null,
        cost_coverage: cost?.cost_coverage ?? null,
      };
    });
  return { sessions, decisions: readDecisions(db, now, rows) };
}

function readDecisions(db: Database, now: number, sessions: readonly SessionRow[]): Decision[] {
  const decided = prepareArrays(
    db,
    `select c.at, w.text, ${KINDS} as kind from tool_calls c join words w on w.id = c.tool
     where c.session = ? and c.at >= ? and kind is not null order by c.at desc limit ?`,
  );
  return sessions.flatMap(([id, session_id]) => {
    const rows = decided.all(id, now - DECIDED_MS, DECISIONS_MAX) as unknown as [
      number,
      string,
      DecisionKind,
    ][];
    return rows.map(([at, tool, kind]): Decision => ({ session_id, at, tool, kind }));
  }).sort((a, b) => b.at - a.at).slice(0, DECISIONS_MAX);
}
