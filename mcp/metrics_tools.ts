/**
 * Tools of the category metrics: how it goes now, how a session or a period went, how tools do.
 *
 * @module
 */

import * as z from "zod";
import type { Database } from "../core/database.ts";
import { METRICS } from "../core/metrics.ts";
import { readGroups } from "../core/reports/groups.ts";
import { reportMetrics } from "../core/reports/metrics_report.ts";
import { flatten } from "../core/reports/live_numbers.ts";
import { PERIODS, rollingPeriod } from "../core/reports/period.ts";
import { summedPeriod } from "../core/reports/pieces.ts";
import { CALLS_MIN, productivityOf } from "../core/reports/productivity.ts";
import { type Pulse, type PulseReport, reportPulse } from "../core/reports/pulse_report.ts";
import type { Rate } from "../core/reports/rates.ts";
import { reportSessions, type Session } from "../core/reports/sessions_report.ts";
import { readSums } from "../core/reports/sums.ts";
import { ratesOf, totalsOf } from "../core/reports/totals.ts";
import { readWords } from "../core/words.ts";
import { CURRENT_URI } from "./resource_uris.ts";
import { ANSWER, answerOf, defineTool, RATE, SESSION, sessionOf, ToolError } from "./tool.ts";

/** Below this many finished tool calls a rate says nothing. */
const CALLS_NEEDED = 20;
const DAY = "24h";

/** A rolling period by name. */
export const PERIOD = z.enum(Object.keys(PERIODS) as [string, ...string[]]).optional();

/** Shares of late and of before, each with its n; null where there are too few. */
const PULSE = z.object({
  recent: z.number().nullable(),
  recent_n: z.number(),
  before: z.number().nullable(),
  before_n: z.number(),
  is_worse: z.boolean().nullable(),
});

/** `get_current_metrics` */
export const currentMetrics = defineTool({
  name: "get_current_metrics",
  title: "Current metrics",
  description: "How this session goes just now: rates, cost, and whether acceptance or errors " +
    "got worse. Without a known session: the last 24 hours. Counts only, no content.",
  input: {},
  output: {
    ...ANSWER,
    scope: z.enum(["session", DAY]),
    session: SESSION,
    acceptance_rate: z.number().nullable(),
    productivity_score: z.number().nullable(),
    error_rate: z.number().nullable(),
    rejection_rate: z.number().nullable(),
    tools_used: z.record(z.string(), z.number()),
    lines_changed: z.object({ added: z.number().nullable(), removed: z.number().nullable() }),
    session_duration_ms: z.number().nullable(),
    cost_usd: z.number().nullable(),
    cost_is_lower_bound: z.boolean().nullable(),
    trend: z.object({ acceptance: PULSE, errors: PULSE }).nullable(),
    unknown: z.record(z.string(), z.string()).describe("number: why it is not known"),
  },
  tokensMax: 500,
  lists: ["tools_used"],
  run: (_, { now, read }) =>
    read((db, own) => {
      const session = own && sessionIn(db, own.sessionId, own.platform);
      const totals = session ?? lastDay(db, now);
      const rates = ratesOf(totals);
      const answer = answerOf(rates.error?.n ?? 0, CALLS_NEEDED);
      const sure = (rate: Rate | null) => rate && rate.n >= CALLS_NEEDED ? rate.value : null;
      const { score, components } = productivityOf(totals);
      return {
        ...answer,
        scope: session ? "session" as const : DAY as typeof DAY,
        session: sessionOf(session && own),
        acceptance_rate: sure(rates.acceptance),
        productivity_score: score,
        error_rate: sure(rates.error),
        rejection_rate: sure(rates.rejection),
        tools_used: totals.tool_uses_by_name ?? {},
        lines_changed: { added: totals.lines_added, removed: totals.lines_removed },
        session_duration_ms: session?.duration_ms ?? null,
        cost_usd: totals.cost_usd,
        cost_is_lower_bound: totals.cost_is_lower_bound,
        trend: session && own ? trendOf(reportPulse(db, own.platform, own.sessionId)) : null,
        unknown: {
          ...Object.fromEntries(
            Object.entries(totals.unknown).map(([name, { reason }]) => [name, reason]),
          ),
          ...tooFew("acceptance_rate", rates.acceptance?.n, CALLS_NEEDED),
          ...tooFew("productivity_score", components.undisturbed.n, 1),
          ...tooFew("productivity_score", components.tool_success.n, CALLS_MIN),
          ...tooFew("error_rate", rates.error?.n, CALLS_NEEDED),
          ...tooFew("rejection_rate", rates.rejection?.n, CALLS_NEEDED),
        },
      };
    }, "facts"),
});

/** `get_session_metrics` */
export const sessionMetrics = defineTool({
  name: "get_session_metrics",
  title: "Metrics of a session or period",
  description: "All numbers of one session (this one by default), or of a rolling period. " +
    "null: not known, never 0.",
  input: {
    session_id: z.string().max(64).optional(),
    period: PERIOD.describe("instead of a session"),
    platform: z.string().max(40).optional().describe("with a period"),
  },
  output: {
    ...ANSWER,
    session: SESSION,
    period: z.string().nullable(),
    metrics: z.record(z.string(), z.number().nullable()),
    cost_is_lower_bound: z.boolean().nullable(),
    rates: z.record(z.string(), RATE),
    tools_used: z.record(z.string(), z.number()),
  },
  tokensMax: 1200,
  lists: ["metrics", "tools_used"],
  run: ({ session_id, period, platform }, { now, read, context }) => {
    requireOneSubject({ session_id, period, platform });
    return read((db, own) => {
      const id = session_id ?? (period === undefined ? own?.sessionId : undefined);
      if (id === undefined && period === undefined) throw noSession();
      const platformId = platform && requirePlatform(platform, context.platformId);
      const found = id === undefined ? undefined : sessionIn(db, id);
      if (id !== undefined && !found) throw unknownSession();
      const of = period === undefined ? undefined : rollingPeriod(period, now);
      const totals = found ? { ...found, sessions: 1 } : reportMetrics(db, {
        period: of!,
        now,
        platform: platformId,
      }).totals;
      const rates = ratesOf(totals);
      const isOwn = found && own?.sessionId === found.session_id;
      return {
        ...answerOf(totals.tool_uses ?? 0, 1),
        session: isOwn ? sessionOf(own) : found ? named(found) : null,
        period: found ? null : period ?? null,
        metrics: numbersOf(flatten(totals, rates)),
        cost_is_lower_bound: totals.cost_is_lower_bound,
        rates: { ...rates },
        tools_used: totals.tool_uses_by_name ?? {},
      };
    });
  },
});

/** `get_tool_performance` */
export const toolPerformance = defineTool({
  name: "get_tool_performance",
  title: "Tools by how they do",
  description:
    "Uses, errors, rejections and times of each tool in a period, the most used first.",
  input: {
    tool_name: z.string().max(64).optional(),
    period: PERIOD,
    include_latency: z.boolean().optional(),
  },
  output: {
    ...ANSWER,
    period: z.string(),
    tools: z.array(z.object({
      tool: z.string(),
      uses: z.number().nullable(),
      error: RATE,
      rejection: RATE,
      p50_ms: z.number().nullable(),
      p95_ms: z.number().nullable(),
    })),
  },
  tokensMax: 1000,
  lists: ["tools"],
  run: ({ tool_name, period = "7d", include_latency = false }, { now, read }) =>
    read((db) => {
      const of = rollingPeriod(period, now);
      const groups = readGroups(
        db,
        { period: summedPeriod(db, { period: of, now }), now },
        "tool",
        readWords(db),
        include_latency,
      )
        .filter(({ key }) => tool_name === undefined || key === tool_name)
        .sort((a, b) => (b.totals.tool_uses ?? 0) - (a.totals.tool_uses ?? 0));
      const calls = groups.reduce((sum, { totals }) => sum + (totals.tool_uses ?? 0), 0);
      return {
        ...answerOf(calls, CALLS_NEEDED),
        period,
        tools: groups.map(({ key, totals, rates, latency: { tool_ms } }) => ({
          tool: key,
          uses: totals.tool_uses,
          error: rates.error,
          rejection: rates.rejection,
          p50_ms: tool_ms?.p50 ?? null,
          p95_ms: tool_ms?.p95 ?? null,
        })),
      };
    }),
});

/** `subscribe_metrics` */
export const subscribeMetrics = defineTool({
  name: "subscribe_metrics",
  title: "How to follow live metrics",
  description: "Names the resource to subscribe to (resources/subscribe); it is announced " +
    "whenever its numbers change.",
  input: {
    metrics: z.array(z.string().max(64)).max(50).optional(),
    interval: z.number().int().min(1).optional().describe(
      "ms; changes come at most once a second",
    ),
  },
  output: {
    resource: z.string(),
    interval_ms: z.number(),
    metrics: z.array(z.string()),
    unknown_metrics: z.number(),
  },
  tokensMax: 600,
  lists: ["metrics"],
  run({ metrics = [], interval = ANNOUNCE_EVERY_MS }) {
    const asked = metrics.filter((name) => IDS.has(name));
    return Promise.resolve({
      resource: CURRENT_URI,
      interval_ms: Math.max(interval, ANNOUNCE_EVERY_MS),
      metrics: asked,
      unknown_metrics: metrics.length - asked.length,
    });
  },
});

/** How often a change of a resource is announced at most. */
export const ANNOUNCE_EVERY_MS = 1000;

/** The totals alone: an assistant asks often. */
function lastDay(db: Database, now: number) {
  return totalsOf(readSums(db, rollingPeriod(DAY, now), {}, now, readWords(db)));
}

/** Why a number that rests on too little is not told. */
function tooFew(name: string, n = 0, needed: number): Record<string, string> {
  return n < needed ? { [name]: `insufficient_data: n ${n}, needed ${needed}` } : {};
}

/** The session with an id, and of a platform where that is known. */
export function sessionIn(db: Database, session: string, platform?: string): Session | undefined {
  return reportSessions(db, { session, platform, limit: 1 }).sessions[0];
}

/** Where nothing tells which session calls; `remedy` is what its caller can do instead. */
export function noSession(
  remedy = "name one with session_id, search_sessions finds it",
): ToolError {
  return new ToolError(
    `Cannot tell which session this is: nothing was read of it yet; ${remedy}`,
  );
}

/** Where there is no session of an id. */
export function unknownSession(): ToolError {
  return new ToolError(
    "Cannot find the session: there is none with this id; search_sessions lists them",
  );
}

/** The id of a platform. @throws {ToolError} for a name that is none's */
export function requirePlatform(
  name: string,
  platformId: (name: string) => string | undefined,
): string {
  const id = platformId(name);
  if (id !== undefined) return id;
  throw new ToolError("Cannot filter by platform: there is none of this name");
}

/** @throws {ToolError} for what cannot be had together */
function requireOneSubject(
  { session_id, period, platform }: Readonly<
    Record<"session_id" | "period" | "platform", string | undefined>
  >,
): void {
  if (session_id !== undefined && period !== undefined) {
    throw new ToolError("Cannot use period beside session_id: leave one of them out");
  }
  if (platform !== undefined && period === undefined) {
    throw new ToolError("Cannot use platform without period: a session is of one; name a period");
  }
}

function trendOf({ acceptance, errors }: PulseReport) {
  const told = ({ recent, before, is_worse }: Pulse) => ({
    recent: recent?.value ?? null,
    recent_n: recent?.n ?? 0,
    before: before?.value ?? null,
    before_n: before?.n ?? 0,
    is_worse,
  });
  return { acceptance: told(acceptance), errors: told(errors) };
}

function named({ session_id, platform }: Session) {
  return { session_id, platform, known_by: "session_id", confidence: 1 };
}

const IDS: ReadonlySet<string> = new Set(METRICS.map(({ id }) => id));

/** The numbers of the catalogue, and tokens by kind; rates stand beside, with their intervals. */
function numbersOf(flat: Record<string, number | null>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(flat).filter(([name]) =>
      !name.endsWith("_rate") && (IDS.has(name) || name.startsWith("tokens_"))
    ),
  );
}
