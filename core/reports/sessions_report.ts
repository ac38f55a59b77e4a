/**
 * The report of sessions: `sessions --json` and every list of sessions.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { keptRate } from "./acceptance.ts";
import { readLineages, type SessionLineage } from "./lineage.ts";
import { readSessionStates, type SessionState } from "./own_counts.ts";
import { type Productivity, productivityOf } from "./productivity.ts";
import { type OrderQuery, readSessionOrder } from "./session_order.ts";
import { readSessionSums } from "./session_sums.ts";
import type { Sums } from "./sums.ts";
import { readSessionTimes, timeOf, type TimeReport } from "./time_report.ts";
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

const PART_MAX = 200;

type SessionRow = [
  number,
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
    sessions: inParts(shown).flatMap((part) =>
      readSessions(db, readSessionSums(db, part, words), words, labels)
    ),
    total,
    coverage: readCoverage(db, query.coverage),
  };
}

/** Of a list of all of them not everything that is read is held at once. */
function inParts(numbers: readonly number[]): (readonly number[])[] {
  const starts = Array.from(
    { length: Math.ceil(numbers.length / PART_MAX) },
    (_, i) => i * PART_MAX,
  );
  return starts.map((start) => numbers.slice(start, start + PART_MAX));
}

/** Sessions with these sums, by their numbers. */
export function readSessions(
  db: Database,
  sums: ReadonlyMap<number, Sums>,
  words: ReadonlyMap<number, string>,
  labels: ReadonlyMap<string, string>,
): Session[] {
  const numbers = [...sums.keys()];
  const heads = readHeads(db, numbers), versions = readVersions(db, numbers);
  const times = readSessionTimes(db, numbers), lineages = readLineages(db, numbers);
  const states = readSessionStates(db, numbers);
  return numbers.map((number) => {
    const [, sessionId, platform, project, startedAt, endedAt] = heads.get(number)!;
    const totals = totalsOf(sums.get(number)!);
    const projectId = project === null ? null : words.get(project) ?? null;
    return {
      session_id: sessionId,
      platform: words.get(platform) ?? "other",
      project_id: projectId,
      project_label: projectId === null ? null : labels.get(projectId) ?? null,
      started_at: timeText(startedAt),
      ended_at: timeText(endedAt),
      models: Object.keys(totals.tokens_by_model ?? {}),
      versions: versions.get(number) ?? [],
      ...totals,
      duration_ms: startedAt === null ? null : totals.duration_ms,
      kept_rate: keptRate(totals.acceptance)?.value ?? null,
      productivity: productivityOf(totals),
      time: startedAt === null
        ? null
        : timeOf(times.get(number)!, totals.duration_ms ?? 0, totals.active_ms),
      ...lineages.get(number)!,
      ...states.get(number)!,
    };
  });
}

function readHeads(db: Database, sessions: readonly number[]): ReadonlyMap<number, SessionRow> {
  const rows = prepareArrays(
    db,
    `select id, session_id, platform, project, started_at, ended_at from sessions
     where true${ofSessions("id", sessions)}`,
  ).all(...among(sessions)) as unknown as SessionRow[];
  return new Map(rows.map((row) => [row[0], row]));
}

function readVersions(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const rows = prepareArrays(
    db,
    `select v.session, w.text from session_versions v join words w on w.id = v.version
     where true${ofSessions("v.session", sessions)}`,
  ).all(...among(sessions)) as unknown as [number, string][];
  const versions = Map.groupBy(rows, ([session]) => session);
  return new Map(
    versions.entries().map(([session, rows]) => [
      session,
      rows.map(([, version]) => version).sort((a, b) =>
        a.localeCompare(b, "en", { numeric: true })
      ),
    ]),
  );
}

function timeText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
