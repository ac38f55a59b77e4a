/**
 * One session in depth: `analyze --json`.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { readWords } from "../words.ts";
import { type ContextReport, readContext } from "./context_report.ts";
import type { Coverage, FilesRead } from "./coverage.ts";
import { type CriticalPath, readCriticalPath } from "./critical_path_report.ts";
import { type ExportedReport, readExported } from "./exported_report.ts";
import { type Insight, reportInsights } from "./insights_report.ts";
import { activityOf, type SessionActivity } from "./session_activity.ts";
import { readCallNotes, readCalls, readResponses } from "./session_facts.ts";
import { sessionNumber } from "./session_ids.ts";
import { type FilesReport, filesReports, type ToolReport, toolReports } from "./session_tools.ts";
import { readSubagents } from "./session_tree.ts";
import { readTurns, type Turn } from "./session_turns.ts";
import { reportSessions, type Session } from "./sessions_report.ts";
import { readSessionSums, readSessionTools } from "./sums.ts";
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
  const { sessions: [session], coverage } = reportSessions(db, { ...filter, limit: 1 });
  if (!session) return undefined;
  const number = sessionNumber(db, session);
  const words = readWords(db);
  const responses = readResponses(db, number);
  const calls = readCalls(db, number, words);
  const tools = readSessionTools(db, number, words, "tool_sums");
  const arePermissionsKnown = session.permission_requests !== null;
  const hasNotes = arePermissionsKnown || (session.web_searches ?? 0) > 0;
  return {
    schema: "blueplane.analyze/1",
    session,
    turns: readTurns(db, number, {
      responses,
      calls,
      subagents: session.subagents === 0 ? [] : readSubagents(db, number, words),
      notes: hasNotes ? readCallNotes(db, number) : [],
      isCostKnown: session.cost_usd !== null,
      arePermissionsKnown,
    }),
    tools: toolReports(tools, calls),
    files: filesReports(
      readSessionTools(db, number, words, "extension_sums"),
      tools,
      session.file_extensions ?? {},
    ),
    insights: reportInsights(db, { ...filter, platform: session.platform, limit: 0 }).insights,
    activity: activityOf(session, responses, calls),
    critical_path: readCriticalPath(db, number, words),
    ...sectionsOf(db, session, number, words, query),
    coverage,
  };
}

/** What walks along the session tell. */
function sectionsOf(
  db: Database,
  session: Session,
  number: number,
  words: ReadonlyMap<number, string>,
  { servers }: SessionQuery,
): Pick<SessionReport, "context" | "usage" | "exported"> {
  const asked = {
    period: { from: undefined, to: Number.MAX_SAFE_INTEGER },
    filter: { platform: session.platform, session: session.session_id },
    now: Date.parse(session.ended_at ?? "1970-01-01"),
  };
  const totals = { ...session, sessions: 1 };
  const { models } = readSessionSums(db, number, words);
  const read = { models, totals, usage: readUsageSums(db, asked) };
  const named = servers?.get(session.platform) ?? new Map();
  return {
    context: readContext(db, asked, read, words, named),
    usage: readUsage(db, asked, read, words),
    exported: readExported(db, asked),
  };
}
