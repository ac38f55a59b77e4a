/**
 * The account's limits: how far each window has come and where it goes, and the sessions at which
 * somebody sits.
 *
 * @module
 */

import { formatCount, formatDuration, formatMoney, formatShare } from "../../../core/format.ts";
import type { ClientStateReport } from "../../../core/reports/client_states.ts";
import type { Estimate } from "../../../core/reports/limits_forecast.ts";
import { type LimitReport, reportLimits } from "../../../core/reports/limits_report.ts";
import { FanLine } from "../../charts/fan_line.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { momentText } from "../../parts/moment.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

/** The section; none where no client shows any. */
export function Limits({ request }: { request: PageRequest }) {
  const { context: { db }, now } = request;
  const { limits, sessions } = reportLimits(db, now);
  if (limits.length === 0 && sessions.length === 0) return null;
  return (
    <Section id="limits" title="Limits">
      {limits.length === 0 ? null : (
        <Table
          caption="Limits of the account"
          columns={[
            { title: "Limit" },
            { title: "Used", isNumber: true },
            { title: "Ends in", isNumber: true, hidden: "phone" },
            { title: "Used by then", isNumber: true },
            { title: "Full in", isNumber: true, hidden: "phone" },
            { title: "Tokens per %", isNumber: true, hidden: "phone" },
            { title: "Cost per %", isNumber: true, hidden: "phone" },
          ]}
          rows={limits.map((limit) => [
            nameOf(limit),
            formatShare(limit.used),
            leftText(limit.resets_at, now),
            <Interval estimate={limit.forecast?.at_reset} format={formatShare} />,
            leftText(limit.forecast?.full_at, now),
            <Interval estimate={limit.tokens_per_percent} format={wholeText} />,
            <Interval estimate={limit.cost_usd_per_percent} format={formatMoney} />,
          ])}
        />
      )}
      <div class="grid">
        {limits.map((limit) => <Course limit={limit} />)}
      </div>
      {sessions.length === 0 ? null : (
        <Table
          caption="Sessions in use"
          columns={[
            { title: "Session" },
            { title: "Context", isNumber: true },
            { title: "Full in", isNumber: true },
            { title: "Cost", isNumber: true },
            { title: "Cost per hour", isNumber: true, hidden: "phone" },
          ]}
          rows={sessions.map((session) => sessionRow(session, request))}
        />
      )}
    </Section>
  );
}

/** What has no end, or was seen but once, makes no picture. */
function Course({ limit }: { limit: LimitReport }) {
  const { history, forecast, resets_at } = limit;
  if (resets_at === null || history.length < 2) return null;
  const timesOf = <T extends { readonly at: string }>(points: readonly T[]) =>
    points.map((point) => ({ ...point, at: Date.parse(point.at) }));
  const seen = timesOf(history), course = timesOf(forecast?.course ?? []);
  const from = seen[0]!.at, to = Date.parse(resets_at);
  const name = nameOf(limit), end = forecast?.at_reset;
  const foretold = end
    ? `; ${formatShare(end.value)} when it ends, if it goes on as it went (95 % of ` +
      `${formatShare(end.low)} to ${formatShare(end.high)}, n ${end.n})`
    : "; too little was seen to tell where it goes";
  const label = `${name}: ${formatShare(limit.used)} used${foretold}`;
  return (
    <ChartFigure
      caption={`${label}.`}
      table={{
        caption: label,
        columns: [
          { title: "Time" },
          { title: "Used", isNumber: true },
          { title: "From", isNumber: true },
          { title: "To", isNumber: true },
        ],
        rows: [
          ...seen.map(({ at, used }) => [momentText(at), formatShare(used), "–", "–"]),
          ...course.slice(1).map(({ at, used, low, high }) => [
            momentText(at),
            formatShare(used),
            formatShare(low),
            formatShare(high),
          ]),
        ],
      }}
    >
      <FanLine
        label={label}
        seen={seen}
        course={course}
        from={from}
        to={to}
        ends={[momentText(from), momentText(to)]}
      />
    </ChartFigure>
  );
}

function sessionRow({ session_id, context, cost }: ClientStateReport, request: PageRequest) {
  return [
    <a href={hrefOf(request, {}, `/sessions/${session_id}`)}>
      <code>{session_id.slice(0, 8)}</code>
    </a>,
    context === null ? "–" : `${formatShare(context.used)} of ${formatCount(context.limit)}`,
    <Full context={context} now={request.now} />,
    cost === null ? "–" : formatMoney(cost.usd),
    <Interval estimate={cost?.usd_per_hour} format={formatMoney} />,
  ];
}

function Full({ context, now }: { context: ClientStateReport["context"]; now: number }) {
  if (!context?.n) return <span class="unknown">–</span>;
  const { full_at, full_at_earliest: first, full_at_latest: last, n } = context;
  if (first === null) {
    return (
      <>
        not in 5 h <small>n {n}</small>
      </>
    );
  }
  return (
    <>
      {leftText(full_at, now, "> 5 h")}{" "}
      <small>
        {leftText(first, now)}–{leftText(last, now, "later")}, n {n}
      </small>
    </>
  );
}

/** A number with its interval and on how much it rests; a dash where it is not known. */
function Interval(
  { estimate, format }: {
    estimate: Estimate | null | undefined;
    format: (value: number) => string;
  },
) {
  if (!estimate) return <span class="unknown">–</span>;
  const { value, low, high, n } = estimate;
  const ends = low === null || high === null ? "" : `${format(low)}–${format(high)}, `;
  return (
    <>
      {format(value)} <small>{ends}n {n}</small>
    </>
  );
}

function nameOf({ name }: LimitReport): string {
  return name.replaceAll("_", " ");
}

function wholeText(count: number): string {
  return formatCount(Math.round(count));
}

function leftText(time: string | null | undefined, now: number, none = "–"): string {
  return time ? formatDuration(Math.max(0, Date.parse(time) - now)) : none;
}
