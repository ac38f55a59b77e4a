/**
 * The headline cards. Each names its metric, so that the script can set its number.
 *
 * @module
 */

import { formatCount, formatShare } from "../core/format.ts";
import { flatten, type MetricsReport } from "../core/reports/metrics_report.ts";
import { isOutputOpen } from "../core/reports/totals.ts";

interface Card {
  readonly metric: string;
  readonly title: string;
  readonly unit: "count" | "share";
}

const CARDS: readonly Card[] = [
  { metric: "sessions", title: "Sessions", unit: "count" },
  { metric: "user_prompts", title: "Prompts", unit: "count" },
  { metric: "assistant_messages", title: "Responses", unit: "count" },
  { metric: "tool_uses", title: "Tool calls", unit: "count" },
  { metric: "tokens_output", title: "Output tokens", unit: "count" },
  { metric: "lines_added", title: "Lines added", unit: "count" },
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
        const bound = metric === "tokens_output" && isOutputOpen(report.totals) ? "≥" : "";
        const value = flat[metric];
        return (
          <div class="card">
            <dt>{title}</dt>
            <dd>
              <span data-metric={metric} data-unit={unit} data-prefix={bound}>
                {bound}
                {unit === "count" ? formatCount(value) : formatShare(value)}
              </span>
              <small>{changeText(report.change[metric], unit)}</small>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function changeText(change: number | null | undefined, unit: Card["unit"]): string {
  if (change === null || change === undefined) return "";
  if (change === 0) return "no change";
  const size = Math.abs(change);
  const text = unit === "count" ? formatCount(size) : `${(size * 100).toFixed(1)} pt`;
  return `${change > 0 ? "▲" : "▼"} ${text}`;
}
