/**
 * The headline numbers, and what is to be known about them.
 *
 * @module
 */

import { isCostOpen } from "../../../core/cost_text.ts";
import { formatCount, formatCounted } from "../../../core/format.ts";
import { rebuildText } from "../../../core/reports/rebuild_text.ts";
import { readCourses } from "../../../core/reports/courses.ts";
import type { MetricsReport } from "../../../core/reports/metrics_report.ts";
import { flatten } from "../../../core/reports/live_numbers.ts";
import type { PageRequest } from "../../page.ts";
import { Card } from "../../parts/card.tsx";
import { Note } from "../../parts/note.tsx";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import type { Step } from "./usage_chart.tsx";

/** Each metric, and whether more of it is better. */
const CARDS = [
  ["cost_usd", undefined],
  ["tokens_output", undefined],
  ["sessions", undefined],
  ["user_prompts", undefined],
  ["active_ms", undefined],
  ["tool_uses", undefined],
  ["acceptance_rate", "more"],
  ["kept_rate", "more"],
  ["error_rate", "less"],
  ["cache_hit_rate", "more"],
] as const;

/** The cards of a report, with their course step by step. */
export function Headlines(
  { request, report, steps }: {
    request: PageRequest;
    report: MetricsReport;
    steps: readonly Step[];
  },
) {
  const flat = flatten(report.totals, report.rates);
  const first = steps[0];
  const courses = first && readCourses(request.context.db, request.query, first.step);
  return (
    <dl class="cards" data-section="cards">
      {CARDS.map(([metric, better]) => (
        <Card
          metric={metric}
          value={flat[metric]}
          isLowerBound={isLowerBound(report, metric)}
          change={report.change[metric]}
          course={steps.map(({ key, isRecorded }) =>
            isRecorded ? courses?.get(key)?.[metric] ?? (isCount(metric) ? 0 : null) : null
          )}
          {...(better === undefined ? {} : { better })}
        />
      ))}
    </dl>
  );
}

function isCount(metric: string): boolean {
  return !metric.endsWith("_rate");
}

function isLowerBound({ totals }: MetricsReport, metric: string): boolean {
  if (metric === "cost_usd") return isCostOpen(totals);
  return metric === "tokens_output" && isOutputOpen(totals);
}

/** A report that had to answer before everything was read or derived says so. */
export function CoverageNote({ report: { coverage } }: { report: MetricsReport }) {
  const { files_done, files_total } = coverage;
  const rebuild = rebuildText(coverage);
  const notes = [
    ...(files_done < files_total
      ? [`Reading: ${formatCount(files_done)} of ${formatCount(files_total)} files so far.`]
      : []),
    ...(rebuild === undefined ? [] : [`Rebuilding: ${rebuild}; until all are, numbers grow.`]),
  ];
  return <p class="note" data-section="coverage" role="status">{notes.join(" ")}</p>;
}

/** Dashes that are no fault, and sums that leave something out, are explained. */
export function UnknownNote({ report: { totals } }: { report: MetricsReport }) {
  const sessions = totals.unknown.tokens?.sessions;
  const share = totals.cost_coverage;
  const notes = [
    ...(sessions
      ? [
        `Tokens and cost are not kept in ${formatCount(sessions)} of ${
          formatCounted(totals.sessions, "session")
        }; no sum includes them.`,
      ]
      : []),
    ...(share !== null && share < 1
      ? [`${Math.floor(share * 100)} % of the tokens have a price; the cost is of those alone.`]
      : []),
  ];
  return <Note section="unknown">{notes.join(" ")}</Note>;
}
