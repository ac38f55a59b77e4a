/**
 * The page of tools: when they are called, how long they take, how they fail, what they cost, and
 * whose they are.
 *
 * @module
 */

import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { flatten } from "../../core/reports/live_numbers.ts";
import type { Page, PageRequest } from "../page.ts";
import { Card } from "../parts/card.tsx";
import { CALLS_CHOICES, CallsTable } from "./tools/calls_table.tsx";
import { ErrorClasses, ErrorTable } from "./tools/error_tables.tsx";
import { HOURS_CHOICES, HoursMap } from "./tools/hours_map.tsx";
import { LatencyTable } from "./tools/latency_table.tsx";
import { ServersTables } from "./tools/servers_tables.tsx";
import { Workflows } from "./tools/workflows.tsx";
import { toolNamer } from "../tool_namer.ts";

const CARDS = [
  ["tool_uses", undefined],
  ["error_rate", "less"],
  ["rejection_rate", "less"],
  ["tool_results_permission_denied", "less"],
  ["permission_requests", undefined],
] as const;

/** The page. */
export const toolsPage: Page = {
  path: "/tools",
  title: "Tools",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  choices: { ...CALLS_CHOICES, ...HOURS_CHOICES },
  render: (request) => <Tools request={request} />,
};

function Tools({ request }: { request: PageRequest }) {
  const { query, context: { db } } = request;
  const report = reportMetrics(db, { ...query, groupBy: "tool" });
  const errors = reportErrorPatterns(db, { ...query, limit: 0, minFrequency: 1 });
  const nameOf = toolNamer(request);
  const numbers: Record<string, number | null> = {
    ...flatten(report.totals, report.rates),
    tool_results_permission_denied: report.totals.tool_results_by_kind?.permission_denied ?? null,
  };
  return (
    <>
      <dl class="cards" data-section="cards">
        {CARDS.map(([metric, better]) => (
          <Card
            metric={metric}
            value={numbers[metric]}
            change={report.change[metric]}
            {...(better === undefined ? {} : { better })}
          />
        ))}
      </dl>
      <div class="grid">
        <HoursMap request={request} nameOf={nameOf} />
        <ErrorClasses report={report} errors={errors} />
      </div>
      <Workflows report={report} />
      <LatencyTable report={report} nameOf={nameOf} />
      <ErrorTable errors={errors} nameOf={nameOf} />
      <CallsTable
        request={request}
        groups={report.groups ?? []}
        whole={report.totals}
        nameOf={nameOf}
      />
      <ServersTables request={request} report={report} nameOf={nameOf} />
    </>
  );
}
