/**
 * Reports as CSV: the numbers of the catalogue under their names.
 *
 * @module
 */

import { isSingle, METRICS, numberAt, sessionNumbers } from "../../core/metrics.ts";
import type { MetricsReport } from "../../core/reports/metrics_report.ts";
import type { Session, SessionsReport } from "../../core/reports/sessions_report.ts";
import { type Cell, csvText } from "./csv.ts";

type Listed = typeof METRICS[number];

/** What stands beside the value: the parts of rates and times. */
const PARTS = ["n", "low", "high", "p50", "p95", "p99"];
const SESSION_WORDS = [
  "session_id",
  "platform",
  "project_id",
  "project_label",
  "started_at",
  "ended_at",
  "models",
  "versions",
  "modes",
  "forked_from",
] as const;

/** A row for each number, or for each group where there are any. */
export function metricsCsv(report: MetricsReport): string {
  if (report.groups) return groupsCsv(report.groups);
  const rows = METRICS.flatMap(({ id, unit, foundIn: { metrics: path }, parts }): Cell[][] => {
    if (!isSingle(path)) return [];
    const part = (name: string) => parts.includes(name) ? numberAt(report, path, name) : null;
    const value = parts.length === 0 ? numberAt(report, path) : part("value");
    return [[id, unit, value, report.change[id] ?? null, ...PARTS.map(part)]];
  });
  return csvText(["metric", "unit", "value", "change", ...PARTS], rows);
}

/** A row for each session; what it tells by tool, model or extension is in JSON alone. */
export function sessionsCsv({ sessions }: SessionsReport): string {
  const columns = sessionNumbers();
  const rows = sessions.map((session) => [
    ...SESSION_WORDS.map((name) => wordsOf(session[name])),
    ...columns.map(({ path }) => numberAt(session, path)),
  ]);
  return csvText([...SESSION_WORDS, ...columns.map(({ id }) => id)], rows);
}

function groupsCsv(groups: NonNullable<MetricsReport["groups"]>): string {
  const columns = METRICS.flatMap(({ id, foundIn: { metrics: path }, parts }: Listed) =>
    isSingle(path) && /^(totals|rates|time)\./.test(path)
      ? [{ id, path, part: parts.includes("value") ? "value" : undefined }]
      : []
  );
  const rows = groups.map((group) => [
    group.key,
    group.label ?? null,
    ...columns.map(({ path, part }) => numberAt(group, path, part)),
  ]);
  return csvText(["group", "label", ...columns.map(({ id }) => id)], rows);
}

function wordsOf(value: Session[typeof SESSION_WORDS[number]]): Cell {
  return typeof value === "string" || value === null ? value : value.join(" ");
}
