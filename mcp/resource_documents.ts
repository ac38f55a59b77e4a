/**
 * What the resources say: documents of a few hundred tokens, each of the data of one moment.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { EVENT_TYPES } from "../core/event.ts";
import { reportMetrics } from "../core/reports/metrics_report.ts";
import { flatten } from "../core/reports/live_numbers.ts";
import { reportLimits } from "../core/reports/limits_report.ts";
import { PERIODS, rollingPeriod } from "../core/reports/period.ts";
import { reportPulse } from "../core/reports/pulse_report.ts";
import { readSessionWork } from "../core/reports/session_work.ts";
import { reportSessions, type Session } from "../core/reports/sessions_report.ts";
import { ratesOf } from "../core/reports/totals.ts";
import { reportTracking } from "../core/reports/tracking_report.ts";
import { sessionIn } from "./metrics_tools.ts";
import type { OwnSession } from "./own_session.ts";
import {
  CURRENT_URI,
  LIMITS_URI,
  PRIVACY_URI,
  RECENT_URI,
  SUMMARY_URI,
} from "./resource_uris.ts";
import { lineOf } from "./search_tools.ts";
import { sessionOf } from "./tool.ts";

/** What a document is made of. */
export interface DocumentParts {
  readonly db: Database;
  readonly own: OwnSession | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** The document of a resource. */
export type ResourceDocument = Readonly<{ schema: string }> & Readonly<Record<string, unknown>>;

const RECENT = 10;
const WORKFLOWS = 3;
const SESSION_PATH = /^telemetry:\/\/session\/([A-Za-z0-9_-]{1,64})$/;

/** What a resource says now; undefined where there is none of this name. */
export function documentOf(uri: string, parts: DocumentParts): ResourceDocument | undefined {
  if (uri === CURRENT_URI) return currentDocument(parts);
  if (uri === RECENT_URI) return recentDocument(parts);
  if (uri === LIMITS_URI) return limitsDocument(parts);
  if (uri === PRIVACY_URI) return PRIVACY;
  if (uri === SUMMARY_URI) return summaryDocument(parts, "24h");
  const [, period] = /^telemetry:\/\/metrics\/summary\?period=(\w+)$/.exec(uri) ?? [];
  if (period !== undefined) {
    return Object.hasOwn(PERIODS, period) ? summaryDocument(parts, period) : undefined;
  }
  const [, id] = SESSION_PATH.exec(uri) ?? [];
  const session = id === undefined ? undefined : sessionIn(parts.db, id);
  return session && sessionDocument(parts.db, session);
}

function currentDocument({ db, own }: DocumentParts): ResourceDocument {
  const session = own && sessionIn(db, own.sessionId, own.platform);
  const schema = "blueplane.current_session/1";
  if (!session) return { schema, session: null };
  return { ...sessionDocument(db, session), schema, session: sessionOf(own) };
}

function sessionDocument(db: Database, session: Session): ResourceDocument {
  const { platform, session_id } = session;
  return {
    schema: "blueplane.session/1",
    summary: lineOf(session),
    acceptance: session.acceptance,
    rates: ratesOf(session),
    tokens: session.tokens,
    tools_used: session.tool_uses_by_name,
    errors: session.tool_errors_by_class,
    ...readSessionWork(db, session),
    trend: reportPulse(db, platform, session_id),
    tracked: reportTracking(db, platform, session_id),
    unknown: session.unknown,
  };
}

function recentDocument({ db }: DocumentParts): ResourceDocument {
  const { sessions, total } = reportSessions(db, { limit: RECENT });
  return { schema: "blueplane.recent_sessions/1", total, sessions: sessions.map(lineOf) };
}

/** Without the points of charts, which would take thousands of tokens. */
function limitsDocument({ db, now }: DocumentParts): ResourceDocument {
  const { limits, sessions } = reportLimits(db, now);
  const without = { history: undefined, course: undefined };
  const plain = <T extends object>(of: T | null) => of && { ...of, ...without };
  return {
    schema: "blueplane.limits_now/1",
    limits: limits.map((limit) => ({ ...limit, ...without, forecast: plain(limit.forecast) })),
    sessions: sessions.map(({ context, cost, ...session }) => ({
      ...session,
      context: plain(context),
      cost: plain(cost),
    })),
  };
}

function summaryDocument({ db, now }: DocumentParts, period: string): ResourceDocument {
  const { totals, rates, change, usage } = reportMetrics(db, {
    period: rollingPeriod(period, now),
    now,
  });
  const numbers = Object.entries(flatten(totals, rates)).filter(([, value]) => value !== null);
  return {
    schema: "blueplane.metrics_summary/1",
    period,
    metrics: Object.fromEntries(numbers),
    cost_is_lower_bound: totals.cost_is_lower_bound,
    rates,
    change: Object.fromEntries(Object.entries(change).filter(([, value]) => value)),
    tools_used: totals.tool_uses_by_name,
    workflows: usage?.workflows.slice(0, WORKFLOWS).map(({ phases, turns, finished }) => ({
      phases: phases.join(" → "),
      turns,
      finished,
    })),
    unknown: totals.unknown,
  };
}

const PRIVACY: ResourceDocument = {
  schema: "blueplane.privacy/1",
  local_only: true,
  kept: [
    "ids of sessions, messages and tool uses",
    "names of built-in tools and of known models; of other tools a keyed hash",
    "file extensions of a fixed list, and keyed hashes of paths and projects",
    "sizes, counts, times, durations, tokens and what they cost",
    "kinds and classes of closed lists",
  ],
  never_kept: [
    "prompts, answers, code, commands, their output, file contents",
    "paths, names of projects, branches, people and machines",
    "what the tools of this server are told in words: it is measured and forgotten",
  ],
  event_types: EVENT_TYPES,
};
