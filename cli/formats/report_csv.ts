/**
 * Reports as CSV: the numbers of the catalogue under their names.
 *
 * @module
 */

import { SESSION_TEXTS, textOf } from "../../core/exported.ts";
import { groupNumbers, isSingle, METRICS, numberAt, sessionNumbers } from "../../core/metrics.ts";
import type { MetricsReport } from "../../core/reports/metrics_report.ts";
import type { SessionsReport } from "../../core/reports/sessions_report.ts";
import { withToldTokens } from "../../core/reports/told_tokens.ts";
import { type Cell, csvText } from "./csv.ts";

/** What stands beside the value: the parts of rates and times. */
const PARTS = ["n", "low", "high", "p50", "p95", "p99", "min", "mean", "max"];
/** Beside what every table has of a session: names, for who asks on this machine. */
const SESSION_WORDS = SESSION_TEXTS.flatMap((name) =>
  name === "project_id" ? [name, "project_label"] as const : [name]
);

/** A row for each number, or for each group where there are any. */
export function metricsCsv(report: MetricsReport): string {
  if (report.groups) return groupsCsv(report.groups);
  const told = { ...report, totals: withToldTokens(report.totals) };
  const rows = METRICS.flatMap(({ id, unit, foundIn: { metrics: path }, parts }): Cell[][] => {
    if (!isSingle(path)) return [];
    const part = (name: string) => parts.includes(name) ? numberAt(told, path, name) : null;
    const value = parts.length === 0 ? numberAt(told, path) : part("value");
    return [[id, unit, value, report.change[id] ?? null, ...PARTS.map(part)]];
  });
  return csvText(["metric", "unit", "value", "change", ...PARTS], rows);
}

/** A row for each session; what it tells by tool, model or extension is in JSON alone. */
export function sessionsCsv({ sessions }: SessionsReport): string {
  const columns = sessionNumbers();
  const rows = sessions.map(withToldTokens).map((session) => [
    ...SESSION_WORDS.map((name) => textOf(session[name])),
    ...columns.map(({ path }) => numberAt(session, path)),
  ]);
  return csvText([...SESSION_WORDS, ...columns.map(({ id }) => id)], rows);
}

function groupsCsv(groups: NonNullable<MetricsReport["groups"]>): string {
  const columns = groupNumbers("totals", "rates", "time");
  const rows = groups.map((group) => {
    const told = { ...group, totals: withToldTokens(group.totals) };
    return [
      group.key,
      group.label ?? null,
      ...columns.map(({ path, part }) => numberAt(told, path, part)),
    ];
  });
  return csvText(["group", "label", ...columns.map(({ id }) => id)], rows);
}
