/**
 * The headline cards. Each names its metric, so that the script can set its number.
 *
 * @module
 */

import { formatNumber } from "../core/format.ts";
import { metricOf } from "../core/metrics.ts";
import { flatten, type MetricsReport } from "../core/reports/metrics_report.ts";
import { isOutputOpen } from "../core/reports/totals.ts";

const CARDS = [
  "cost_usd",
  "sessions",
  "user_prompts",
  "assistant_messages",
  "tool_uses",
  "tokens_output",
  "lines_added",
  "acceptance_rate",
  "error_rate",
  "rejection_rate",
  "cache_hit_rate",
].map(metricOf);

type Unit = typeof CARDS[number]["unit"];

/** All cards of a report. */
export function Cards({ report }: { report: MetricsReport }) {
  const flat = flatten(report.totals, report.rates);
  return (
    <dl class="cards" data-section="cards">
      {CARDS.map(({ id, title, unit }) => {
        const bound = isLowerBound(report, id) ? "≥" : "";
        return (
          <div class="card">
            <dt>{title[0]!.toUpperCase() + title.slice(1)}</dt>
            <dd>
              <span data-metric={id} data-unit={unit} data-prefix={bound}>
                {bound}
                {formatNumber(flat[id], unit)}
              </span>
              <small>{changeText(report.change[id], unit)}</small>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function isLowerBound({ totals }: MetricsReport, metric: string): boolean {
  if (metric === "cost_usd") return totals.cost_is_lower_bound === true;
  return metric === "tokens_output" && isOutputOpen(totals);
}

function changeText(change: number | null | undefined, unit: Unit): string {
  if (change === null || change === undefined) return "";
  if (change === 0) return "no change";
  const size = Math.abs(change);
  const text = unit === "share" ? `${(size * 100).toFixed(1)} pt` : formatNumber(size, unit);
  return `${change > 0 ? "▲" : "▼"} ${text}`;
}
