/**
 * The report of sessions: `sessions --json` and every list of sessions.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { readWords } from "../words.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { keptRate } from "./acceptance.ts";
import { readLineage, type SessionLineage } from "./lineage.ts";
import { readSessionState, type SessionState } from "./own_counts.ts";
import { type Productivity, productivityOf } from "./productivity.ts";
import { type OrderQuery, readSessionOrder } from "./session_order.ts";
import { readSessionSums } from "./sums.ts";
import { readSessionTime, timeOf, type TimeReport } from "./time_report.ts";
import { type Totals, totalsOf } from "./totals.ts";

/** What is asked of the report. */
export interface SessionsQuery extends OrderQuery {
  /** How many; 0 is all. @default {20} */
  readonly limit?: number;
  /** @default {0} */
  readonly offset?: number;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** One session, under the names of CONTRACT; null is not known. */
export interface Session extends Totals, SessionLineage, SessionState {
  readonly session_id: string;
  readonly platform: string;
  readonly project_id: string | null;
  readonly project_label: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly models: readonly string[];
  readonly versions: readonly string[];
  readonly kept_rate: number | null;
  readonly productivity: Productivity;
  /** Null where its assistant dates nothing. */
  readonly time: TimeReport | null;
}

/** The document. */
export interface SessionsReport {
  readonly schema: "blueplane.sessions/1";
  readonly sessions: readonly Session[];
  readonly total: number;
  readonly coverage: Coverage;
}

type SessionRow = [
  string,
  number,
  number | null,
  number | null,
  number | null,
];

/** Sessions with at least a prompt, a command, a response or a tool call; see `sort`. */
export function reportSessions(db: Database, query: SessionsQuery = {}): SessionsReport {
  const { limit = 20, offset = 0, labels = new Map() } = query;
  const words = readWords(db);
  const end = limit === 0 ? Infinity : offset + limit;
  const { shown, total } = readSessionOrder(db, query, [offset, end]);
  return {
    schema: "blueplane.sessions/1",
    sessions: shown.map((number) => sessionOf(db, number, words, labels)),
    total,
    coverage: readCoverage(db, query.coverage),
  };
}

function sessionOf(
  db: Database,
  id: number,
  words: ReadonlyMap<number, string>,
  labels: ReadonlyMap<string, string>,
): Session {
  const [sessionId, platform, project, startedAt, endedAt] = prepareArrays(
    db,
    "select session_id, platform, project, started_at, ended_at from sessions where id = ?",
  ).get(id) as unknown as SessionRow;
  const totals = totalsOf(readSessionSums(db, id, words));
  const projectId = project === null ? null : words.get(project) ?? null;
  return {
    session_id: sessionId,
    platform: words.get(platform) ?? "other",
    project_id: projectId,
    project_label: projectId === null ? null : labels.get(projectId) ?? null,
    started_at: timeText(startedAt),
    ended_at: timeText(endedAt),
    models: Object.keys(totals.tokens_by_model ?? {}),
    versions: readVersions(db, id),
    ...totals,
    duration_ms: startedAt === null ? null : totals.duration_ms,
    kept_rate: keptRate(totals.acceptance)?.value ?? null,
    productivity: productivityOf(totals),
    time: startedAt === null
      ? null
      : timeOf(readSessionTime(db, id), totals.duration_ms ?? 0, totals.active_ms),
    ...readLineage(db, id),
    ...readSessionState(db, id),
  };
}

function readVersions(db: Database, session: number): string[] {
  const rows = prepareArrays(
    db,
    "select w.text from session_versions v join words w on w.id = v.version where v.session = ?",
  ).all(session) as unknown as [string][];
  return rows.map(([version]) => version).sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true })
  );
}

function timeText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
