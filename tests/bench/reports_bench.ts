/**
 * Reports over a million events: each one inside the process, warm, on what the real pipeline
 * made of the events of a year.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { type Database, databaseBytes, openReader } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import { reportAcceptance } from "../../core/reports/acceptance_report.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { PERIODS, rollingPeriod } from "../../core/reports/period.ts";
import { reportSession } from "../../core/reports/session_report.ts";
import { reportPulse } from "../../core/reports/pulse_report.ts";
import { searchSessions } from "../../core/reports/session_search.ts";
import { readTrends } from "../../core/reports/trends.ts";
import { readLivePicture } from "../../core/reports/live_picture.ts";
import { reportSessions, type Session } from "../../core/reports/sessions_report.ts";
import { reportSimilar } from "../../core/reports/similar_report.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  seededRandom,
} from "../helpers/events.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";
import { type GroupBy, GROUPINGS } from "../../core/reports/report_choices.ts";

const SESSIONS = 10_000;
const EVENTS = 1_000_000;
const SPREAD_MS = 365 * 86_400_000;
/** So often is a report asked for, or for so long. */
const RUNS = 10;
const RUNS_MS = 2500;
const TABLES = { claude_code: "claude_raw_traces", cursor: "cursor_raw_traces" };
const TOOLS = ["Bash", "Read", "Edit", "Grep", "Write", "Glob", "WebFetch", "Task"];
const MODELS = ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"];
/** One of each way to count them. */
const SORTED = ["cost", "failed", "acceptance"] as const;
const SEARCH = { words: ["bash"], sort: "recent", limit: 20, offset: 0 } as const;
/** Periods that are told by every group; of the others a few say enough. */
const GROUPED = ["30d", "all"];

type Reports = readonly (readonly [name: string, report: () => unknown])[];

/** Runs the bench in a folder of its own; a database that is there serves as it is. */
export async function benchReports(folder: string): Promise<BenchRow[]> {
  const path = `${folder}/reports.db`;
  if (databaseBytes(path) === 0) await fill(path, systemClock.now());
  using db = openReader(path)!;
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  const last = reportSessions(db, { limit: 1 }).sessions[0]!;
  const from = Date.parse(last.ended_at!), rows: BenchRow[] = [];
  let told = 0;
  for (const [name, report] of reportsOf(db, from + 60_000)) {
    const times: number[] = [];
    report();
    for (let spent = 0; times.length < RUNS && spent < RUNS_MS || times.length < 3;) {
      // Nobody asks again before something happened.
      await pipeline.accept(workOf(last, from + ++told).map(encodeEvent), []);
      await pipeline.drain();
      const start = performance.now();
      report();
      times.push(performance.now() - start);
      spent += times.at(-1)!;
    }
    rows.push(
      atMost(`Reports: ${name}, 1,000,000 events, p50`, percentile(times, 0.5), 10, "ms"),
      atMost(`Reports: ${name}, 1,000,000 events, p95`, percentile(times, 0.95), 50, "ms"),
    );
  }
  return rows;
}

/** A response of a session that goes on, and its call. */
function workOf(
  { session_id: session, platform, project_id: project }: Session,
  at: number,
): TelemetryEvent[] {
  const place = { session, platform, project: project!, at };
  const use = { ...place, use: `u-${at}`, tool: "Bash" };
  return [
    makeResponse({ ...place, id: `m-${at}`, model: MODELS[0]!, output: 9 }),
    makeToolUse({ ...use, id: `u-${at}` }),
    makeToolResult({ ...use, id: `r-${at}`, outcome: outcomeAt(at) }),
  ];
}

/** Now and then one fails. */
function outcomeAt(at: number): "ok" | "failed" {
  return at % 5 === 0 ? "failed" : "ok";
}

/** Each report that a face asks for, by name. */
function reportsOf(db: Database, now: number): Reports {
  const last = reportSessions(db, { limit: 1 }).sessions[0]!;
  const periodOf = (name: string) => rollingPeriod(name, now);
  const queryOf = (name: string) => ({ period: periodOf(name), now });
  const metrics = (name: string, groupBy?: GroupBy) => () =>
    reportMetrics(db, { ...queryOf(name), groupBy });
  const advisor = new Advisor(db);
  return [
    ...Object.keys(PERIODS).map((name) => [`metrics ${name}`, metrics(name)] as const),
    ["metrics 24h by hour", metrics("24h", "hour")],
    ["metrics 7d by day", metrics("7d", "day")],
    ...GROUPED.flatMap((name) =>
      GROUPINGS.map((by) => [`metrics ${name} by ${by}`, metrics(name, by)] as const)
    ),
    ["trends all by tool", () => readTrends(db, queryOf("all"), "tool", 12)],
    ...(["24h", "all"] as const).map((name) =>
      [
        `live picture ${name}`,
        () => readLivePicture(db, now, { periods: [name], tiers: [] }),
      ] as const
    ),
    ["sessions", () => reportSessions(db)],
    ...SORTED.map((sort) => [`sessions by ${sort}`, () => reportSessions(db, { sort })] as const),
    ["analyze", () => reportSession(db, last.session_id)],
    ["pulse", () => reportPulse(db, last.platform, last.session_id)],
    ["insights", () => reportInsights(db)],
    ["insights 30d", () => reportInsights(db, { period: periodOf("30d") })],
    ...["24h", "all"].map((name) =>
      [`acceptance ${name}`, () => reportAcceptance(db, queryOf(name))] as const
    ),
    ...["30d", "all"].map((name) =>
      [`errors ${name}`, () => reportErrorPatterns(db, { period: periodOf(name) })] as const
    ),
    ["search", () => searchSessions(db, SEARCH)],
    ["similar", () => reportSimilar(advisor, { session: last.session_id })],
    ["similar task", () => reportSimilar(advisor, { task: "Fix the tests in a.ts" })],
  ];
}

async function fill(path: string, now: number): Promise<void> {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  const random = seededRandom(7);
  for (let session = 0; session < SESSIONS; session++) {
    const at = now - SPREAD_MS + Math.floor(SPREAD_MS * session / SESSIONS);
    const events = sessionEvents(random, session, at, EVENTS / SESSIONS);
    await pipeline.accept(events.map(encodeEvent), []);
  }
  await pipeline.drain();
}

/** A session in the mix of real ones: turns of a few steps, now and then a sub-agent. */
function sessionEvents(
  random: () => number,
  number: number,
  from: number,
  count: number,
): TelemetryEvent[] {
  const up = (max: number) => Math.floor(random() * max);
  const project = `${(up(40) + 10).toString(16)}8bbfa69a57647`.padEnd(16, "0").slice(0, 16);
  const platform = number % 10 === 0 ? "cursor" : "claude_code";
  const place = { session: `session-${number}`, project, platform };
  const model = MODELS[up(MODELS.length)]!;
  const events: TelemetryEvent[] = [];
  let at = from;
  for (let step = 0; events.length < count; step++) {
    const id = `${number}-${step}`;
    if (step % 8 === 0) {
      at += up(up(4) === 0 ? 3_600_000 : 90_000);
      events.push(makePrompt({ ...place, id: `p${id}`, at }));
    }
    const tool = TOOLS[up(TOOLS.length)]!;
    const usage = { model, input: up(10), output: 40 + up(900), cacheRead: up(90_000) };
    events.push(makeResponse({ ...place, ...usage, id: `m${id}`, at: at += 800 + up(20_000) }));
    const use = { ...place, use: `u${id}`, tool, extension: "ts" };
    events.push(makeToolUse({ ...use, id: `u${id}`, at: at += up(900) }));
    const tookMs = Math.floor(50 * Math.exp(random() * 7));
    const outcome = up(20) === 0 ? "failed" : "ok";
    const result = makeToolResult({
      ...use,
      id: `r${id}`,
      at: at += tookMs,
      outcome,
      added: up(9),
    });
    events.push({ ...result, payload: { ...result.payload, duration_ms: tookMs } });
    if (step % 40 === 7) {
      const asked = makeEvent("permission_request", { ...place, id: `q${id}`, at: at - tookMs }, {
        tool: tool as SafeText,
      });
      events.push({ ...asked, hookType: "PermissionRequest" as SafeText });
    }
  }
  return events.slice(0, count);
}
