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
import type { Period } from "./period.ts";
import { readSessionState, type SessionState } from "./own_counts.ts";
import { type Productivity, productivityOf } from "./productivity.ts";
import { readThread, type SessionThread } from "./session_tree.ts";
import { countedSessions, readSessionSums, type SessionFilter } from "./sums.ts";
import { readSessionTime, timeOf, type TimeReport } from "./time_report.ts";
import { type Totals, totalsOf } from "./totals.ts";

/** What is asked of the report. */
export interface SessionsQuery extends SessionFilter {
  /** How many; 0 is all. @default {20} */
  readonly limit?: number;
  /** @default {0} */
  readonly offset?: number;
  /** Only sessions that began in it. */
  readonly startedIn?: Period;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** One session, under the names of CONTRACT; null is not known. */
export interface Session extends Totals, SessionLineage, SessionState, SessionThread {
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
  number,
  string,
  number,
  number | null,
  number | null,
  number | null,
];

/** Sessions with at least a prompt, a command, a response or a tool call, the latest first. */
export function reportSessions(db: Database, query: SessionsQuery = {}): SessionsReport {
  const { limit = 20, offset = 0, labels = new Map() } = query;
  const words = readWords(db);
  const counted = countedSessions(query), began = beganIn(query.startedIn);
  const sql = counted.sql + began.sql;
  const parameters = [...counted.parameters, ...began.parameters];
  const [total] = prepareArrays(db, `select count(*) from sessions s where ${sql}`)
    .get(...parameters) as unknown as [number];
  const rows = prepareArrays(
    db,
    `select s.id, s.session_id, s.platform, s.project, s.started_at, s.ended_at
     from sessions s where ${sql}
     order by s.ended_at desc, s.session_id limit ? offset ?`,
  ).all(...parameters, limit === 0 ? -1 : limit, offset) as unknown as SessionRow[];
  return {
    schema: "blueplane.sessions/1",
    sessions: rows.map((row) => sessionOf(db, row, words, labels)),
    total,
    coverage: readCoverage(db, query.coverage),
  };
}

function beganIn(period: Period | undefined): { sql: string; parameters: number[] } {
  if (!period) return { sql: "", parameters: [] };
  const { from, to } = period;
  if (from === undefined) return { sql: " and s.started_at < ?", parameters: [to] };
  return { sql: " and s.started_at >= ? and s.started_at < ?", parameters: [from, to] };
}

function sessionOf(
  db: Database,
  row: SessionRow,
  words: ReadonlyMap<number, string>,
  labels: ReadonlyMap<string, string>,
): Session {
  const [id, sessionId, platform, project, startedAt, endedAt] = row;
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
    duration_ms: startedAt === null || endedAt === null ? null : endedAt - startedAt,
    kept_rate: keptRate(totals.acceptance)?.value ?? null,
    productivity: productivityOf(totals),
    time: startedAt === null
      ? null
      : timeOf(readSessionTime(db, id), totals.duration_ms ?? 0, totals.active_ms),
    ...readLineage(db, id),
    ...readSessionState(db, id),
    ...readThread(db, id),
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
