/**
 * An account's limits as people read them, and as other programs do.
 *
 * @module
 */

import { formatCount, formatDuration, formatMoney, formatShare } from "../../core/format.ts";
import type { ClientStateReport } from "../../core/reports/client_states.ts";
import type { Estimate } from "../../core/reports/limits_forecast.ts";
import type { LimitReport, LimitsReport } from "../../core/reports/limits_report.ts";
import type { ChartLook } from "../charts/chart_look.ts";
import { fanChart } from "../charts/fan_chart.ts";
import { csvText } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import { renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";

const COLUMNS = [
  { title: "limit" },
  { title: "used", number: true },
  { title: "resets in", number: true },
  { title: "used by then", number: true },
  { title: "full in", number: true, weight: 5 },
  { title: "tokens per %", number: true, weight: 3 },
  { title: "cost per %", number: true, weight: 4 },
];
const SESSION_COLUMNS = [
  { title: "session" },
  { title: "context", number: true },
  { title: "full in", number: true, weight: 5 },
  { title: "cost", number: true },
  { title: "cost per hour", number: true, weight: 4 },
];
const ID_CHARACTERS = 8;
const NOTHING = [
  "No limit was seen yet: a client shows them to its status line.",
  "blueplane install claude-code --statusline gives it one.",
];
const NOTE = "What is to come goes on as it went, with 95 % intervals; n is how many steps " +
  "tell so; – is not known.";

/** The table, the chart of each window, and the sessions at which somebody sits. */
export function limitsText(report: LimitsReport, now: number, look: ChartLook): string {
  const { paint, width } = look;
  const said = (text: string) => wrapText(text, width).map((line) => `${line}\n`).join("");
  const { limits, sessions } = report;
  const parts = [
    limits.length === 0
      ? NOTHING.map(said).join("")
      : renderTable(COLUMNS, limits.map((limit) => rowOf(limit, now)), paint, width),
    ...limits.filter(isDrawn).map((limit) => chartText(limit, now, look)),
    ...sessions.length === 0 ? [] : [
      renderTable(SESSION_COLUMNS, sessions.map((one) => sessionRow(one, now)), paint, width),
    ],
  ];
  const isNote = limits.length > 0 || sessions.length > 0;
  return parts.join("\n") + (isNote ? paint.dim(said(NOTE)) : "");
}

/** The same as Markdown. */
export function limitsMarkdown({ limits, sessions }: LimitsReport, now: number): string {
  const table = limits.length === 0
    ? `${NOTHING.join(" ")}\n`
    : markdownTable(COLUMNS, limits.map((one) => rowOf(one, now)));
  const open = sessions.length === 0
    ? ""
    : `\n${markdownTable(SESSION_COLUMNS, sessions.map((one) => sessionRow(one, now)))}`;
  return `${table}${open}${limits.length + sessions.length === 0 ? "" : `\n${NOTE}\n`}`;
}

/** A row for each limit, under the names that it has in JSON. */
export function limitsCsv({ limits }: LimitsReport): string {
  const names = ["platform", "name", "used", "seen_at", "resets_at", "full_at"];
  const estimates = ["at_reset", "tokens_per_percent", "cost_usd_per_percent"] as const;
  const ends = ["", "_low", "_high", "_n"] as const;
  return csvText(
    [...names, ...estimates.flatMap((name) => ends.map((end) => name + end))],
    limits.map((limit) => [
      limit.platform,
      limit.name,
      limit.used,
      limit.seen_at,
      limit.resets_at,
      limit.forecast?.full_at ?? null,
      ...[limit.forecast?.at_reset, limit.tokens_per_percent, limit.cost_usd_per_percent]
        .flatMap((of) => [of?.value ?? null, of?.low ?? null, of?.high ?? null, of?.n ?? null]),
    ]),
  );
}

function rowOf(limit: LimitReport, now: number): string[] {
  const { used, resets_at, forecast } = limit;
  return [
    nameOf(limit),
    formatShare(used),
    leftText(resets_at, now),
    intervalText(forecast?.at_reset, formatShare),
    leftText(forecast?.full_at, now),
    intervalText(limit.tokens_per_percent, (count) => formatCount(Math.round(count))),
    intervalText(limit.cost_usd_per_percent, formatMoney),
  ];
}

function sessionRow({ session_id, context, cost }: ClientStateReport, now: number): string[] {
  return [
    session_id.slice(0, ID_CHARACTERS),
    context === null
      ? "–"
      : `${formatShare(context.used)} of ${formatCount(context.limit)} tokens`,
    fullText(context, now),
    cost === null ? "–" : formatMoney(cost.usd),
    intervalText(cost?.usd_per_hour, formatMoney),
  ];
}

function fullText(context: ClientStateReport["context"], now: number): string {
  return context?.n ? `${endsText(context, now, "not in 5 h")}, n ${context.n}` : "–";
}

/** In how long something is full, with the ends of the interval. */
function endsText(
  of: Pick<NonNullable<LimitReport["forecast"]>, `full_at${"" | "_earliest" | "_latest"}`> | null,
  now: number,
  never: string,
): string {
  if (!of) return "";
  const { full_at, full_at_earliest: first, full_at_latest: last } = of;
  if (first === null) return never;
  return `${leftText(full_at, now, never)} (${leftText(first, now)}–${
    leftText(last, now, "later")
  })`;
}

/** What has no begin or no end, or was seen but once, makes no picture. */
function isDrawn({ resets_at, history }: LimitReport): boolean {
  return resets_at !== null && history.length > 1;
}

function chartText(limit: LimitReport, now: number, look: ChartLook): string {
  const timesOf = <T extends { readonly at: string }>(points: readonly T[]) =>
    points.map((point) => ({ ...point, at: Date.parse(point.at) }));
  const seen = timesOf(limit.history), to = Date.parse(limit.resets_at!);
  const from = seen[0]!.at;
  const ends = [`${formatDuration(now - from)} ago`, `in ${leftText(limit.resets_at, now)}`];
  const fan = { seen, course: timesOf(limit.forecast?.course ?? []), from, to };
  const lines = fanChart({ ...fan, ends: ends as [string, string] }, look);
  const full = endsText(limit.forecast, now, "not before it ends");
  const title = look.paint.bold(`${nameOf(limit)}, used`) + (full && `; full: ${full}`);
  return `${[title, ...lines].join("\n")}\n`;
}

function nameOf({ name }: LimitReport): string {
  return name.replaceAll("_", " ");
}

function leftText(time: string | null | undefined, now: number, none = "–"): string {
  return time ? formatDuration(Math.max(0, Date.parse(time) - now)) : none;
}

function intervalText(
  estimate: Estimate | null | undefined,
  text: (value: number) => string,
): string {
  if (!estimate) return "–";
  const { value, low, high, n } = estimate;
  const isSure = low === null || high === null || text(low) === text(high);
  return `${text(value)}${isSure ? "" : ` (${text(low)}–${text(high)})`}, n ${n}`;
}
