/**
 * The headline cards. Each names its metric, so that the script can set its number.
 *
 * @module
 */

import { formatCount, formatMoney, formatShare } from "../core/format.ts";
import { flatten, type MetricsReport } from "../core/reports/metrics_report.ts";
import { isOutputOpen } from "../core/reports/totals.ts";

interface Card {
  readonly metric: string;
  readonly title: string;
  readonly unit: "count" | "share" | "money";
}

const FORMATS = { count: formatCount, share: formatShare, money: formatMoney } as const;

const CARDS: readonly Card[] = [
  { metric: "cost_usd", title: "Cost", unit: "money" },
  { metric: "sessions", title: "Sessions", unit: "count" },
  { metric: "user_prompts", title: "Prompts", unit: "count" },
  { metric: "assistant_messages", title: "Responses", unit: "count" },
  { metric: "tool_uses", title: "Tool calls", unit: "count" },
  { metric: "tokens_output", title: "Output tokens", unit: "count" },
  { metric: "lines_added", title: "Lines added", unit: "count" },
  { metric: "acceptance_rate", title: "Edits accepted", unit: "share" },
  { metric: "error_rate", title: "Failed calls", unit: "share" },
  { metric: "rejection_rate", title: "Refused calls", unit: "share" },
  { metric: "cache_hit_rate", title: "Cache hits", unit: "share" },
];

/** All cards of a report. */
export function Cards({ report }: { report: MetricsReport }) {
  const flat = flatten(report.totals, report.rates);
  return (
    <dl class="cards" data-section="cards">
      {CARDS.map(({ metric, title, unit }) => {
        const bound = isLowerBound(report, metric) ? "≥" : "";
        const value = flat[metric];
        return (
          <div class="card">
            <dt>{title}</dt>
            <dd>
              <span data-metric={metric} data-unit={unit} data-prefix={bound}>
                {bound}
                {FORMATS[unit](value)}
              </span>
              <small>{changeText(report.change[metric], unit)}</small>
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

function changeText(change: number | null | undefined, unit: Card["unit"]): string {
  if (change === null || change === undefined) return "";
  if (change === 0) return "no change";
  const size = Math.abs(change);
  const text = unit === "share" ? `${(size * 100).toFixed(1)} pt` : FORMATS[unit](size);
  return `${change > 0 ? "▲" : "▼"} ${text}`;
}
