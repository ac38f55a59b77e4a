/**
 * One session in depth: `analyze --json`.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { readWords } from "../words.ts";
import { type ContextReport, readContext } from "./context_report.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { type CriticalPath, readCriticalPath } from "./critical_path_report.ts";
import { type ExportedReport, readExported } from "./exported_report.ts";
import { type Insight, reportInsights } from "./insights_report.ts";
import { activityOf, type SessionActivity } from "./session_activity.ts";
import { readCallNotes, readCalls, readResponses } from "./session_facts.ts";
import { readSessionOrder } from "./session_order.ts";
import { readSessionExtensions, readSessionSums } from "./session_sums.ts";
import { type FilesReport, filesReports, type ToolReport, toolReports } from "./session_tools.ts";
import { readSubagents } from "./session_tree.ts";
import { readTurns, type Turn } from "./session_turns.ts";
import { readSessions, type Session } from "./sessions_report.ts";
import type { Sums } from "./sums.ts";
import { readUsage, type UsageReport } from "./usage_report.ts";
import { readUsageSums } from "./usage_sums.ts";

/** What is known better than the database tells. */
export interface SessionQuery {
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Names of servers of tools by their hash, by platform. */
  readonly servers?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly coverage?: FilesRead | undefined;
}

/** The document. */
export interface SessionReport {
  readonly schema: "blueplane.analyze/1";
  /** The same as in the report of sessions. */
  readonly session: Session;
  readonly turns: readonly Turn[];
  readonly tools: readonly ToolReport[];
  readonly files: readonly FilesReport[];
  readonly insights: readonly Insight[];
  /** Null where the time is not known. */
  readonly activity: SessionActivity | null;
  /** What it waited for; null where the time is not known. */
  readonly critical_path: CriticalPath | null;
  readonly coverage: Coverage;
  /** As of a period in the report of metrics. */
  readonly context: ContextReport | null;
  readonly usage: UsageReport | null;
  readonly exported: ExportedReport | null;
}

/** The report of the session with this id; undefined where there is none. */
export function reportSession(
  db: Database,
  sessionId: string,
  query: SessionQuery = {},
): SessionReport | undefined {
  const filter = { session: sessionId, ...query };
  const [number] = readSessionOrder(db, filter, [0, 1]).shown;
  if (number === undefined) return undefined;
  const words = readWords(db), all = readSessionSums(db, [number], words);
  const sums = all.get(number)!;
  const session = readSessions(db, all, words, query.labels ?? new Map())[0]!;
  const responses = readResponses(db, number);
  const calls = readCalls(db, number, words);
  const tools = sums.tools!;
  const arePermissionsKnown = session.permission_requests !== null;
  const hasNotes = arePermissionsKnown || (session.web_searches ?? 0) > 0;
  const notes = hasNotes ? readCallNotes(db, number) : [];
  return {
    schema: "blueplane.analyze/1",
    session,
    turns: readTurns(db, number, {
      responses,
      calls,
      subagents: session.subagents === 0 ? [] : readSubagents(db, number, words),
      notes,
      isCostKnown: session.cost_usd !== null,
      arePermissionsKnown,
    }),
    tools: toolReports(tools, calls),
    files: filesReports(
      readSessionExtensions(db, number, words),
      tools,
      session.file_extensions ?? {},
    ),
    insights: reportInsights(db, { ...filter, platform: session.platform, limit: 0 }).insights,
    activity: activityOf(session, responses, calls, notes),
    critical_path: readCriticalPath(db, number, words),
    ...sectionsOf(db, session, sums, words, query),
    coverage: readCoverage(db, query.coverage),
  };
}

/** What walks along the session tell. */
function sectionsOf(
  db: Database,
  session: Session,
  { models }: Sums,
  words: ReadonlyMap<number, string>,
  { servers }: SessionQuery,
): Pick<SessionReport, "context" | "usage" | "exported"> {
  const asked = {
    period: { from: undefined, to: Number.MAX_SAFE_INTEGER },
    filter: { platform: session.platform, session: session.session_id },
    now: Date.parse(session.ended_at ?? "1970-01-01"),
  };
  const totals = { ...session, sessions: 1 };
  const read = { models, totals, usage: readUsageSums(db, asked) };
  const named = servers?.get(session.platform) ?? new Map();
  return {
    context: readContext(db, asked, read, words, named),
    usage: readUsage(db, asked, read, words),
    exported: readExported(db, asked),
  };
}
