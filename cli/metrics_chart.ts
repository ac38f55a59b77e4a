/**
 * The metrics report as charts: over time, by name, as a calendar, or by the hours of a week.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { isCostOpen, type ToldCost } from "../core/cost_text.ts";
import { formatNumber } from "../core/format.ts";
import { isSingle, metricOf, METRICS, numberAt } from "../core/metrics.ts";
import { type MetricsGroup, readGroups } from "../core/reports/groups.ts";
import { isOfTime } from "../core/reports/group_column.ts";
import type { MetricsQuery, MetricsReport } from "../core/reports/metrics_report.ts";
import {
  fittingStep,
  readOverTime,
  type TimePoint,
  type TimeStep,
} from "../core/reports/over_time.ts";
import { isOutputOpen } from "../core/reports/output_bound.ts";
import { nearestWord } from "../core/nearest_word.ts";
import { readWords } from "../core/words.ts";
import { barChart } from "./charts/bar_chart.ts";
import { calendarChart, calendarDaysMax } from "./charts/calendar.ts";
import { type ChartLook, NOT_KNOWN } from "./charts/chart_look.ts";
import { columnChart, columnsMax } from "./charts/column_chart.ts";
import { punchCard } from "./charts/punch_card.ts";
import { UsageError } from "./exit.ts";
import { groupName } from "./group_name.ts";
import { priceNote } from "./headlines.ts";
import { notesText } from "./wrap.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";

/** What is drawn. */
export interface MetricsChart {
  readonly db: Database;
  /** With groups, where they are asked for. */
  readonly report: MetricsReport;
  readonly query: MetricsQuery;
  /** The one number that is asked for. */
  readonly metric: string | undefined;
  /** The period as the user named it. */
  readonly period: string;
  /** What the user calls what has no label, by key. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

type Metric = typeof METRICS[number];

const BARS_MAX = 20;
const DAY_MS = 86_400_000;
/** So long a period is better seen as a calendar, too. */
const CALENDAR_MIN_MS = 60 * DAY_MS;
/** So short a one has no weeks whose hours could be laid over each other. */
const WEEKS_MIN_MS = 3 * DAY_MS;

/**
 * The charts as text.
 *
 * @throws {UsageError} for a metric that is not told over time or by group
 */
export function metricsChart(chart: MetricsChart, look: ChartLook): string {
  const { report, query: { groupBy }, metric } = chart;
  if (metric !== undefined) requireCharted(metric);
  if (isNothing(report)) return "Nothing in this period.\n";
  const ofTools = groupBy === "tool" || groupBy === "extension" || groupBy === "mode";
  const usual = ofTools ? ["tool_uses"] : ["cost_usd", "assistant_messages"];
  const metrics = (metric === undefined ? usual : [metric]).map(metricOf);
  const known = metrics.filter((one) => valueOf(report, one) !== null);
  const parts = [
    // Of what is not known at all, there is nothing to draw.
    ...metrics.filter((one) => !known.includes(one)).map((one) => [title(chart, one, "", look)]),
    ...groupBy === undefined || isOfTime(groupBy)
      ? timeParts(chart, known, look)
      : known.map((one) => bars(chart, groupBy, one, look)),
  ];
  const note = known.some(({ id }) => id === "cost_usd") ? priceNote(report.totals) : "";
  return parts.map((lines) => `${lines.join("\n")}\n`).join("\n") +
    notesText(note === "" ? [] : [note], look.paint, look.width);
}

/** Names of what can be drawn. */
export function chartedMetrics(): string[] {
  return METRICS.filter(isCharted).map(({ id }) => id);
}

function isCharted({ foundIn: { metrics: path }, parts, unit }: Metric): boolean {
  const isKnownByGroup = isSingle(path) && /^(totals|rates)\./.test(path);
  return isKnownByGroup && unit !== "flag" && (parts.length === 0 || parts.includes("value"));
}

/** @throws {UsageError} for a metric that is not told over time or by group */
export function requireCharted(name: string): void {
  if (chartedMetrics().includes(name)) return;
  // Screens show titles.
  const byWord = new Map(
    METRICS.filter(isCharted).flatMap(({ id, title }) => [[id, id], [title, id]]),
  );
  const nearest = byWord.get(nearestWord(name, [...byWord.keys()]) ?? "");
  throw new UsageError(
    `Cannot draw the metric: '${name.slice(0, 40)}' is none that is told by group; ` +
      (nearest === undefined ? "" : `did you mean ${nearest}? `) +
      "blueplane metrics --list shows all",
  );
}

function isNothing({ totals, groups }: MetricsReport): boolean {
  return totals.sessions === 0 || groups !== undefined && groups.length === 0;
}

function valueOf(of: Pick<MetricsGroup, "totals" | "rates">, metric: Metric): number | null {
  const part = metric.parts.includes("value") ? "value" : undefined;
  const value = numberAt(of, metric.foundIn.metrics!, part);
  return typeof value === "number" ? value : null;
}

function isOpen(
  { totals }: Pick<MetricsGroup, "totals">,
  { id }: Metric,
  whole?: ToldCost,
): boolean {
  if (id === "cost_usd") return isCostOpen(totals, whole);
  return id === "tokens_output" && isOutputOpen(totals);
}

/** What is drawn, of which period, and what it comes to. */
function title(
  { report, period }: MetricsChart,
  metric: Metric,
  how: string,
  { paint }: ChartLook,
): string {
  const value = valueOf(report, metric);
  const text = formatNumber(value, metric.unit);
  const all = value === null ? "not known" : (isOpen(report, metric) ? "≥" : "") + text;
  return `${paint.bold(`${metric.title} ${how}`.trim())}, ${period}: ${all}`;
}

function bars(chart: MetricsChart, by: GroupBy, metric: Metric, look: ChartLook): string[] {
  const { report, names } = chart;
  const { groups = [] } = report;
  const all = groups.map((group) => ({
    name: groupName(group, by, names),
    value: valueOf(group, metric),
    isLowerBound: isOpen(group, metric, report.totals),
    of: metric.parts.includes("n")
      ? numberAt(group, metric.foundIn.metrics!, "n") as number
      : null,
  })).toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const shown = all.slice(0, BARS_MAX);
  // Rates have no sum, and a session may be in several groups.
  const hasShares = metric.unit !== "share" && metric.id !== "sessions";
  return [
    title(chart, metric, `by ${by}`, look),
    ...barChart(shown, metric.unit, look, hasShares ? valueOf(report, metric) : null),
    ...shown.length < all.length
      ? [look.paint.dim(`the first ${shown.length} of ${all.length}`)]
      : [],
  ];
}

function timeParts(chart: MetricsChart, metrics: readonly Metric[], look: ChartLook): string[][] {
  const { db, query, query: { groupBy, period } } = chart;
  const points = (step: TimeStep) => readOverTime(db, query, step);
  const columns = (step: TimeStep) => {
    const all = points(step);
    return metrics.map((metric) => columnLines(chart, metric, step, all, look));
  };
  const calendars = () => {
    const days = points("day");
    return metrics.map((metric) => calendarLines(chart, metric, days, look));
  };
  const first = points("month")[0]?.at ?? period.to;
  const lengthMs = period.to - (period.from ?? first);
  const isLong = lengthMs >= WEEKS_MIN_MS;
  if (groupBy === "day") return calendars();
  const isOfWeek = groupBy === "weekday" || groupBy === "hour-of-day";
  if (isOfWeek || groupBy === "hour" && isLong) {
    return metrics.map((metric) => hourLines(chart, metric, look));
  }
  if (groupBy !== undefined) return columns(groupBy as TimeStep);
  const step = fittingStep(db, query, columnsMax(look.width));
  return [...columns(step), ...lengthMs >= CALENDAR_MIN_MS ? calendars().slice(0, 1) : []];
}

function columnLines(
  chart: MetricsChart,
  metric: Metric,
  step: TimeStep,
  points: readonly TimePoint[],
  look: ChartLook,
): string[] {
  const most = columnsMax(look.width);
  const columns = points.map(({ key, group }) => ({
    label: labelOf(key, step),
    ...recorded(group, metric),
  }));
  return [
    title(chart, metric, `by ${step === "five_minutes" ? "5 minutes" : step}`, look),
    ...notAll(points.length, most, step, look),
    ...columnChart(columns, metric.unit, look),
    ...columns.some(({ value, isRecorded }) => isRecorded && value === null)
      ? [look.paint.dim(` ${NOT_KNOWN} not known`)]
      : [],
  ];
}

function calendarLines(
  chart: MetricsChart,
  metric: Metric,
  points: readonly TimePoint[],
  look: ChartLook,
): string[] {
  const most = calendarDaysMax(look.width);
  const days = points.map(({ key, group }) => ({ day: key, ...recorded(group, metric) }));
  return [
    title(chart, metric, "by day", look),
    ...notAll(points.length, most, "day", look),
    ...calendarChart(days, metric.unit, look),
  ];
}

function hourLines(chart: MetricsChart, metric: Metric, look: ChartLook): string[] {
  const { db, query } = chart;
  const groups = readGroups(db, query, "hour_of_week", readWords(db));
  const values = new Map(groups.map((group) => [group.key, valueOf(group, metric)]));
  return [
    title(chart, metric, "by hour of the week", look),
    ...punchCard(values, metric.unit, look),
  ];
}

/** Of nothing there is no share: only what is counted is unknown where something happened. */
function recorded(group: MetricsGroup | null, metric: Metric) {
  const value = group && valueOf(group, metric);
  return { value, isRecorded: group !== null && (value !== null || metric.unit !== "share") };
}

function notAll(count: number, most: number, step: TimeStep, look: ChartLook): string[] {
  return count <= most ? [] : [look.paint.dim(`the last ${most} of ${count} ${step}s`)];
}

/** A key of time as it stands below an axis. */
function labelOf(key: string, step: TimeStep): string {
  if (step === "hour") return `${key.slice(-2)}:00`;
  if (step === "five_minutes") return key.slice(-5);
  return step === "day" ? key.slice(5) : key;
}
