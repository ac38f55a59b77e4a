/**
 * The overview: headline cards, cost and activity over time, sessions, tools and models.
 *
 * @module
 */

import { formatAgo, formatCount, formatMoney, formatShare } from "../../core/format.ts";
import { rebuildText } from "../../core/reports/coverage.ts";
import { type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import { fittingStep, readOverTime, type TimePoint } from "../../core/reports/over_time.ts";
import { reportSessions, type SessionsReport } from "../../core/reports/sessions_report.ts";
import { flatten } from "../../core/reports/metrics_report.ts";
import { isOutputOpen } from "../../core/reports/totals.ts";
import { StackedBars } from "../charts/stacked_bars.tsx";
import { hrefOf, type Page, type PageRequest } from "../page.ts";
import { Card } from "../parts/card.tsx";
import { ChartFigure } from "../parts/chart_figure.tsx";
import { Empty, Note } from "../parts/note.tsx";
import { Section } from "../parts/section.tsx";
import { ShareBars } from "../parts/share_bars.tsx";
import { Table } from "../parts/table.tsx";

const SESSIONS_SHOWN = 8;
const STEPS_MAX = 60;

/** The first page. */
export const overviewPage: Page = {
  path: "/",
  title: "Overview",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  render: (request) => <Overview request={request} />,
};

const CARDS = [
  ["cost_usd", undefined],
  ["tokens_output", undefined],
  ["sessions", undefined],
  ["user_prompts", undefined],
  ["tool_uses", undefined],
  ["active_ms", undefined],
  ["acceptance_rate", "more"],
  ["kept_rate", "more"],
  ["error_rate", "less"],
  ["cache_hit_rate", "more"],
] as const;

function Overview({ request }: { request: PageRequest }) {
  const { query, context: { db, labels, coverage }, now } = request;
  const report = reportMetrics(db, query);
  const step = fittingStep(db, query, STEPS_MAX);
  const points = readOverTime(db, query, step);
  const sessions = reportSessions(db, {
    ...query,
    limit: SESSIONS_SHOWN,
    labels: labels(),
    coverage: coverage(),
  });
  return (
    <>
      <CoverageNote report={report} />
      <dl class="cards" data-section="cards">
        {CARDS.map(([metric, better]) => (
          <Card
            metric={metric}
            value={flatten(report.totals, report.rates)[metric]}
            isLowerBound={isLowerBound(report, metric)}
            change={report.change[metric]}
            course={points.map(({ group }) =>
              group && (flatten(group.totals, group.rates)[metric] ?? null)
            )}
            {...(better === undefined ? {} : { better })}
          />
        ))}
      </dl>
      <UnknownNote report={report} />
      <Section id="activity" title="Cost">
        <CostOverTime points={points} />
      </Section>
      <Section id="sessions" title="Sessions">
        <SessionTable report={sessions} request={request} now={now} />
      </Section>
      <div class="grid">
        <Section id="tools" title="Tools">
          <ToolShares report={report} />
        </Section>
        <Section id="models" title="Models">
          <ModelShares report={report} />
        </Section>
      </div>
    </>
  );
}

function isLowerBound({ totals }: MetricsReport, metric: string): boolean {
  if (metric === "cost_usd") return totals.cost_is_lower_bound === true;
  return metric === "tokens_output" && isOutputOpen(totals);
}

/** A report that had to answer before everything was read or derived says so. */
function CoverageNote({ report: { coverage } }: { report: MetricsReport }) {
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

/** Dashes that are no fault are explained. */
function UnknownNote({ report }: { report: MetricsReport }) {
  const sessions = report.totals.unknown.tokens?.sessions;
  if (!sessions) return <p class="note" data-section="unknown"></p>;
  return (
    <Note section="unknown">
      Tokens and cost are not kept in {formatCount(sessions)} of{" "}
      {formatCount(report.totals.sessions)} sessions; they are in no sum.
    </Note>
  );
}

function CostOverTime({ points }: { points: readonly TimePoint[] }) {
  const values = points.map(({ group }) => group && group.totals.cost_usd);
  if (!values.some((value) => value)) return <Empty>Nothing in this period.</Empty>;
  const steps = points.map(({ key }) => key.replace("T", " "));
  return (
    <ChartFigure
      caption="Cost by time"
      table={{
        caption: "Cost by time",
        columns: [{ title: "Time" }, { title: "Cost", isNumber: true }],
        rows: points.map((_, i) => [steps[i]!, formatMoney(values[i])]),
      }}
    >
      <StackedBars
        label="Cost by time"
        steps={steps}
        series={[{ name: "Cost", values }]}
        format={formatMoney}
      />
    </ChartFigure>
  );
}

function SessionTable(
  { report, request, now }: { report: SessionsReport; request: PageRequest; now: number },
) {
  return (
    <Table
      caption="Latest sessions"
      columns={[
        { title: "Session" },
        { title: "Project" },
        { title: "Last", isNumber: true },
        { title: "Prompts", isNumber: true, hidden: "phone" },
        { title: "Tool calls", isNumber: true, hidden: "tablet" },
        { title: "Cost", isNumber: true },
      ]}
      rows={report.sessions.map((session) => [
        <a href={hrefOf(request, {}, `/sessions/${session.session_id}`)}>
          <code title={session.session_id}>{session.session_id.slice(0, 8)}</code>
        </a>,
        session.project_label ?? session.project_id?.slice(0, 8) ?? "–",
        session.ended_at === null ? "–" : formatAgo(Date.parse(session.ended_at), now),
        formatCount(session.user_prompts),
        formatCount(session.tool_uses),
        `${session.cost_is_lower_bound ? "≥" : ""}${formatMoney(session.cost_usd)}`,
      ])}
      empty="No sessions yet."
    />
  );
}

function ToolShares({ report: { totals } }: { report: MetricsReport }) {
  const tools = Object.entries(totals.tool_uses_by_name ?? {}).slice(0, 10);
  const all = totals.tool_uses ?? 0;
  return (
    <ShareBars
      caption="Tools by calls"
      columns={["Tool", "Calls", "Share"]}
      rows={tools.map(([name, uses]) => ({
        name,
        share: uses / all,
        cells: [formatCount(uses), formatShare(uses / all)],
      }))}
      empty="No tool calls in this period."
    />
  );
}

function ModelShares({ report: { totals } }: { report: MetricsReport }) {
  const models = Object.entries(totals.tokens_by_model ?? {});
  const all = models.reduce((sum, [, { cost_usd }]) => sum + (cost_usd ?? 0), 0);
  return (
    <ShareBars
      caption="Models by cost"
      columns={["Model", "Cost", "Output"]}
      rows={models.map(([name, { cost_usd, output }]) => ({
        name,
        share: all > 0 && cost_usd !== null ? cost_usd / all : null,
        cells: [formatMoney(cost_usd), formatCount(output)],
      }))}
      isColoured
      empty="No responses in this period."
    />
  );
}
