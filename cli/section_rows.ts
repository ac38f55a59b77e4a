/**
 * What matters most of the sections of the report of metrics, as rows for all.
 *
 * @module
 */

import { changeText, formatCount, formatNumber } from "../core/format.ts";
import { isSingle, metricOf, type METRICS, numberAt } from "../core/metrics.ts";
import type { FullMetricsReport } from "../core/reports/metrics_report.ts";

type Listed = typeof METRICS[number];

/** What matters most of the sections, with its change where that is known. */
const SHOWN = [
  "productivity_score",
  "cache_saved_usd",
  "context_requests_largest_share",
  "context_subagents_cost_share",
].map(metricOf);

/** Name, value and change of what matters most; what is not known is left out. */
export function sectionRows(report: FullMetricsReport): string[][] {
  return SHOWN.flatMap((metric) => {
    const value = valueText(report, metric);
    const change = changeText(
      report.change[metric.id],
      (by) => formatNumber(by, metric.unit),
    );
    return value === "–" ? [] : [[metric.title, value, change]];
  });
}

/** A dash for what is not known, and for what stands under a name of its own. */
export function valueText(report: FullMetricsReport, { foundIn, parts, unit }: Listed): string {
  const path = foundIn.metrics;
  if (!isSingle(path)) return "–";
  const isRate = parts.includes("value");
  const value = numberAt(report, path, isRate ? "value" : undefined);
  if (typeof value !== "number") return "–";
  const n = isRate ? ` of ${formatCount(numberAt(report, path, "n") as number)}` : "";
  return formatNumber(value, unit) + n;
}
