/**
 * The headline report: `metrics --json`, the table, the page and the assistant's answer alike.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { once } from "../once.ts";
import { readWords } from "../words.ts";
import { type Concurrency, concurrencyOf } from "./concurrency.ts";
import { type ContextReport, lateContext, readContext } from "./context_report.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { type MetricsGroup, readGroups } from "./groups.ts";
import { type Latency, readLatency } from "./latency.ts";
import { flatten, flattenTime } from "./live_numbers.ts";
import {
  type DailyLines,
  readDailyLines,
  readTrackedCode,
  type TrackedCode,
} from "./own_counts.ts";
import { type Period, periodBefore } from "./period.ts";
import { type Productivity, productivityOf } from "./productivity.ts";
import { summedPeriod } from "./pieces.ts";
import { readSums, type SessionFilter, type Sums } from "./sums.ts";
import { readTimeCounts, timeOf, type TimeReport } from "./time_report.ts";
import { type Rates, ratesOf, type Totals, totalsOf } from "./totals.ts";
import { type ExportedReport, readExported } from "./exported_report.ts";
import { readUsage, type UsageReport } from "./usage_report.ts";
import { readUsageSums } from "./usage_sums.ts";
import type { GroupBy } from "./report_choices.ts";

/** What is asked of the report. */
export interface MetricsQuery extends SessionFilter {
  readonly period: Period;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly groupBy?: GroupBy | undefined;
  readonly labels?: ReadonlyMap<string, string> | undefined;
  /** Names of servers of tools by their hash, by platform. */
  readonly servers?: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;
  readonly coverage?: FilesRead | undefined;
}

/** Totals of a period. */
export interface PeriodTotals extends Totals {
  readonly sessions: number;
}

/** The document. */
export interface MetricsReport {
  readonly schema: "blueplane.metrics/1";
  readonly period: { readonly from: string | null; readonly to: string };
  readonly totals: PeriodTotals;
  readonly rates: Rates;
  readonly latency: Latency;
  /** Null of a model, of which no time is known. */
  readonly time: TimeReport | null;
  readonly concurrency: Concurrency | null;
  readonly change: Readonly<Record<string, number | null>>;
  /** Null where a model is asked for: no tool call is told by model. */
  readonly productivity: Productivity | null;
  /** Lines that an assistant counts by day; null where none does. */
  readonly daily_lines: readonly DailyLines[] | null;
  /** Code that an assistant tracks; null where none does. */
  readonly tracked_code: TrackedCode | null;
  readonly coverage: Coverage;
  readonly groups?: readonly MetricsGroup[];
}

/** The document with all sections. */
export interface FullMetricsReport extends MetricsReport {
  /** Null where a model is asked for; the same of usage. */
  readonly context: ContextReport | null;
  readonly usage: UsageReport | null;
  /** Null where the client exported nothing, or a model is asked for. */
  readonly exported: ExportedReport | null;
}

/** Totals, rates and change of a period, and how the assistants were used in it. */
export function reportMetrics(db: Database, query: MetricsQuery): FullMetricsReport {
  return { ...metricsOf(db, query, readContext) };
}

/** The same, with sections that are worked out when they are read, while the database is open. */
export function lateMetrics(db: Database, query: MetricsQuery): FullMetricsReport {
  return metricsOf(db, query, lateContext);
}

function metricsOf(
  db: Database,
  query: MetricsQuery,
  contextOf: typeof lateContext,
): FullMetricsReport {
  const { now, labels, servers } = query, period = summedPeriod(db, query);
  const words = readWords(db);
  const part = readPart(db, period, query, words);
  const headlines = headlinesOf(db, query, { ...part, period }, words);
  const asked = { period, now, filter: query }, { totals } = headlines;
  const named = new Map([labels ?? [], ...servers?.values() ?? []].flatMap((of) => [...of]));
  const parts = { models: part.sums.models, totals, usage: readUsageSums(db, asked) };
  const context = once(() => contextOf(db, asked, parts, words, named));
  const usage = once(() => readUsage(db, asked, parts, words));
  const exported = once(() => readExported(db, asked));
  return {
    ...headlines,
    get context() {
      return context();
    },
    get usage() {
      return usage();
    },
    get exported() {
      return exported();
    },
  };
}

/** The same without the sections that walks along sessions tell. */
export function reportHeadlines(db: Database, query: MetricsQuery): MetricsReport {
  const words = readWords(db), period = summedPeriod(db, query);
  return headlinesOf(db, query, { ...readPart(db, period, query, words), period }, words);
}

function headlinesOf(
  db: Database,
  query: MetricsQuery,
  { totals, rates, time, period, sums: { activity } }: Part & { readonly period: Period },
  words: ReadonlyMap<number, string>,
): MetricsReport {
  const { now } = query;
  const productivity = query.model === undefined ? productivityOf(totals) : null;
  const earlier = isRecordedBefore(db, period) ? periodBefore(query.period) : undefined;
  const before = earlier &&
    readPart(db, summedPeriod(db, { period: earlier, now }), query, words);
  return {
    schema: "blueplane.metrics/1",
    period: {
      from: period.from === undefined ? null : new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
    },
    totals,
    rates,
    latency: readLatency(db, period, query, now),
    time,
    concurrency: activity && concurrencyOf(activity.overlap),
    change: changeOf(
      { ...flatten(totals, rates), ...flattenTime(time) },
      before && { ...flatten(before.totals, before.rates), ...flattenTime(before.time) },
    ),
    productivity,
    daily_lines: readDailyLines(db, period, query),
    tracked_code: readTrackedCode(db, period, query),
    coverage: readCoverage(db, query.coverage),
    ...(query.groupBy
      ? { groups: readGroups(db, { ...query, period }, query.groupBy, words) }
      : {}),
  };
}

/** What is read of a period and of the one before it alike. */
interface Part {
  readonly sums: Sums;
  readonly totals: PeriodTotals;
  readonly rates: Rates;
  readonly time: TimeReport | null;
}

function readPart(
  db: Database,
  period: Period,
  query: MetricsQuery,
  words: ReadonlyMap<number, string>,
): Part {
  const sums = readSums(db, period, query, query.now, words), { activity } = sums;
  const totals: PeriodTotals = { sessions: sums.sessions, ...totalsOf(sums) };
  const counts = readTimeCounts(db, period, query, query.now);
  const time = counts && activity ? timeOf(counts, activity.durationMs, activity.activeMs) : null;
  return { sums, totals, rates: ratesOf(totals), time };
}

/** Whether anything is known of the time before: without that there is nothing to compare. */
function isRecordedBefore(db: Database, { from }: Period): boolean {
  if (from === undefined) return false;
  const [is] = prepareArrays(
    db,
    "select exists (select 1 from sessions where counted = 1 and started_at < ?)",
  ).get(from) as unknown as [number];
  return is === 1;
}

function changeOf(
  now: Record<string, number | null>,
  before: Record<string, number | null> | undefined,
): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => {
      const earlier = before?.[name] ?? null;
      const difference = value === null || earlier === null ? null : value - earlier;
      return [name, difference && Math.round(difference * 1e6) / 1e6];
    }),
  );
}
