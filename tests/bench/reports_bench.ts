/**
 * Reports over a million events: each one inside the process, warm, on what the real pipeline
 * made of the events of a year.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { type Database, databaseBytes, openReader, openWriter } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import { reportAcceptance } from "../../core/reports/acceptance_report.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { PERIODS, rollingPeriod } from "../../core/reports/period.ts";
import { reportSession } from "../../core/reports/session_report.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
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
/** Periods that are told by every group; of the others a few say enough. */
const GROUPED = ["30d", "all"];

type Reports = readonly (readonly [name: string, report: () => unknown])[];

/** Runs the bench in a folder of its own; a database that is there serves as it is. */
export async function benchReports(folder: string): Promise<BenchRow[]> {
  const path = `${folder}/reports.db`;
  if (databaseBytes(path) === 0) await fill(path, systemClock.now());
  using db = openReader(path)!;
  using writer = openWriter(path);
  const change = writer.prepare("update made_with set value = value where name = 'times'");
  const now = lastMoment(db) + 60_000;
  return reportsOf(db, now).flatMap(([name, report]) => {
    const times: number[] = [];
    report();
    for (let spent = 0; times.length < RUNS && spent < RUNS_MS || times.length < 3;) {
      // What a reader keeps until something changes is not to count.
      change.run();
      const start = performance.now();
      report();
      times.push(performance.now() - start);
      spent += times.at(-1)!;
    }
    return [
      atMost(`Reports: ${name}, 1,000,000 events, p50`, percentile(times, 0.5), 10, "ms"),
      atMost(`Reports: ${name}, 1,000,000 events, p95`, percentile(times, 0.95), 50, "ms"),
    ];
  });
}

/** Each report that a face asks for, by name. */
export function reportsOf(db: Database, now: number): Reports {
  const last = reportSessions(db, { limit: 1 }).sessions[0]!.session_id;
  const periodOf = (name: string) => rollingPeriod(name, now);
  const metrics = (name: string, groupBy?: GroupBy) => () =>
    reportMetrics(db, { period: periodOf(name), now, groupBy });
  const advisor = new Advisor(db);
  return [
    ...Object.keys(PERIODS).map((name) => [`metrics ${name}`, metrics(name)] as const),
    ["metrics 24h by hour", metrics("24h", "hour")],
    ["metrics 7d by day", metrics("7d", "day")],
    ...GROUPED.flatMap((name) =>
      GROUPINGS.map((by) => [`metrics ${name} by ${by}`, metrics(name, by)] as const)
    ),
    ["sessions", () => reportSessions(db)],
    ["sessions by cost", () => reportSessions(db, { sort: "cost" })],
    ["analyze", () => reportSession(db, last)],
    ["insights", () => reportInsights(db)],
    ...["24h", "all"].map((name) =>
      [
        `acceptance ${name}`,
        () => reportAcceptance(db, { period: periodOf(name), now }),
      ] as const
    ),
    ["errors 30d", () => reportErrorPatterns(db, { period: periodOf("30d") })],
    ["similar", () => reportSimilar(advisor, { session: last })],
  ];
}

function lastMoment(db: Database): number {
  return Number(db.prepare("select max(ended_at) as at from sessions").get()!.at);
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
