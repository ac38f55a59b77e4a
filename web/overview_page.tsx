/**
 * The overview: headline cards, activity over time, sessions, tools and models. It is whole
 * without JavaScript; the script only keeps it moving.
 *
 * @module
 */

import {
  formatAgo,
  formatCount,
  formatDuration,
  formatMoney,
  formatShare,
} from "../core/format.ts";
import { rebuildText } from "../core/reports/coverage.ts";
import { fillTime } from "../core/reports/groups.ts";
import { type MetricsReport, reportMetrics } from "../core/reports/metrics_report.ts";
import { PERIODS, rollingPeriod } from "../core/reports/period.ts";
import { reportSessions, type SessionsReport } from "../core/reports/sessions_report.ts";
import { isOutputOpen } from "../core/reports/totals.ts";
import { ActivityChart } from "./activity_chart.tsx";
import { Cards } from "./cards.tsx";
import { Layout } from "./layout.tsx";
import type { WebContext } from "./web_context.ts";

const SESSIONS_SHOWN = 12;
const MEMBERS_SHOWN = 10;

/** The page of a rolling period. */
export function OverviewPage({ context, period }: { context: WebContext; period: string }) {
  const now = context.clock.now();
  const labels = context.labels(), coverage = context.coverage();
  const base = { period: rollingPeriod(period, now), now, labels, coverage };
  const report = reportMetrics(context.db, base);
  const byTime = PERIODS[period]! <= PERIODS["24h"]! ? "hour" : "day";
  const activity = reportMetrics(context.db, { ...base, groupBy: byTime }).groups ?? [];
  const tools = reportMetrics(context.db, { ...base, groupBy: "tool" });
  const models = reportMetrics(context.db, { ...base, groupBy: "model" });
  const sessions = reportSessions(context.db, { limit: SESSIONS_SHOWN, labels, coverage });
  return (
    <Layout title="Overview" version={context.version}>
      <PeriodTabs current={period} />
      <CoverageNote report={report} />
      <CaptureNote note={context.captureNote?.()} />
      <Cards report={report} />
      <UnknownNote report={report} />
      <section data-section="activity">
        <h2>Output by {byTime}</h2>
        <ActivityChart groups={fillTime(activity, byTime)} />
      </section>
      <section data-section="sessions">
        <h2>Sessions</h2>
        <SessionTable report={sessions} now={now} />
      </section>
      <div class="pair">
        <section data-section="tools">
          <h2>Tools</h2>
          <ToolTable report={tools} />
        </section>
        <section data-section="models">
          <h2>Models</h2>
          <ModelTable report={models} />
        </section>
      </div>
    </Layout>
  );
}

function CaptureNote({ note }: { note: string | undefined }) {
  return note === undefined
    ? null
    : <p class="note" data-section="capture" role="status">Capture is {note}</p>;
}

function PeriodTabs({ current }: { current: string }) {
  return (
    <nav class="tabs" aria-label="Period">
      {Object.keys(PERIODS).map((name) => (
        <a
          href={`/?period=${name}`}
          {...(name === current ? { "aria-current": "page" as const } : {})}
        >
          {name}
        </a>
      ))}
    </nav>
  );
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
  if (!sessions) return null;
  return (
    <p class="note" data-section="unknown">
      Tokens and cost are not kept in {formatCount(sessions)} of{" "}
      {formatCount(report.totals.sessions)} sessions; they are in no sum.
    </p>
  );
}

function SessionTable({ report, now }: { report: SessionsReport; now: number }) {
  if (report.sessions.length === 0) return <p class="empty">No sessions yet.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Sessions table">
      <table>
        <thead>
          <tr>
            <th scope="col">Session</th>
            <th scope="col">Project</th>
            <th scope="col" class="number">Last</th>
            <th scope="col" class="number">Length</th>
            <th scope="col" class="number">Prompts</th>
            <th scope="col" class="number">Tool calls</th>
            <th scope="col" class="number">Refused</th>
            <th scope="col" class="number">Output tokens</th>
            <th scope="col" class="number">Cost</th>
          </tr>
        </thead>
        <tbody>
          {report.sessions.map((session) => (
            <tr>
              <td>
                <code title={session.session_id}>{session.session_id.slice(0, 8)}</code>
              </td>
              <td>{session.project_label ?? session.project_id?.slice(0, 8) ?? "–"}</td>
              <td class="number">
                {session.ended_at === null ? "–" : formatAgo(Date.parse(session.ended_at), now)}
              </td>
              <td class="number">
                {session.duration_ms === null ? "–" : formatDuration(session.duration_ms)}
              </td>
              <td class="number">{formatCount(session.user_prompts)}</td>
              <td class="number">{formatCount(session.tool_uses)}</td>
              <td class="number">{formatCount(session.tool_results_by_kind?.rejected)}</td>
              <td class="number">
                {isOutputOpen(session) ? "≥" : ""}
                {formatCount(session.tokens.output)}
              </td>
              <td class="number">
                {session.cost_is_lower_bound ? "≥" : ""}
                {formatMoney(session.cost_usd)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ToolTable({ report }: { report: MetricsReport }) {
  const groups = (report.groups ?? []).slice(0, MEMBERS_SHOWN);
  if (groups.length === 0) return <p class="empty">No tool calls in this period.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Tools table">
      <table>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col" class="number">Calls</th>
            <th scope="col" class="number">Failed</th>
            <th scope="col" class="number">Refused</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, totals, rates }) => (
            <tr>
              <td>{key}</td>
              <td class="number">{formatCount(totals.tool_uses)}</td>
              <td class="number">{formatShare(rates.error?.value)}</td>
              <td class="number">{formatShare(rates.rejection?.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ModelTable({ report }: { report: MetricsReport }) {
  const groups = (report.groups ?? []).slice(0, MEMBERS_SHOWN);
  if (groups.length === 0) return <p class="empty">No responses in this period.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Models table">
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" class="number">Cost</th>
            <th scope="col" class="number">Responses</th>
            <th scope="col" class="number">Output tokens</th>
            <th scope="col" class="number">Cache hits</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, totals, rates }) => (
            <tr>
              <td>{key}</td>
              <td class="number">
                {totals.cost_is_lower_bound ? "≥" : ""}
                {formatMoney(totals.cost_usd)}
              </td>
              <td class="number">{formatCount(totals.assistant_messages)}</td>
              <td class="number">
                {isOutputOpen(totals) ? "≥" : ""}
                {formatCount(totals.tokens.output)}
              </td>
              <td class="number">{formatShare(rates.cache_hit?.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
