/**
 * An account's limits as people read them, and as other programs do.
 *
 * @module
 */

import { formatCount, formatDuration, formatMoney, formatShare } from "../../core/format.ts";
import type { Estimate } from "../../core/reports/limits_forecast.ts";
import type { LimitReport, LimitsReport } from "../../core/reports/limits_report.ts";
import { csvText } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import { renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";
import type { AdviceLook } from "./similar_lines.ts";

const COLUMNS = [
  { title: "limit" },
  { title: "used", number: true },
  { title: "resets in", number: true },
  { title: "used by then", number: true },
  { title: "full in", number: true, weight: 5 },
  { title: "tokens per %", number: true, weight: 3 },
  { title: "cost per %", number: true, weight: 4 },
];
const NOTHING = "No limit was seen yet: a client shows them to its status line; " +
  "blueplane install claude-code --statusline";
const NOTE = "What is to come goes on as this window went, with 95 % intervals; – is not known.";
const WIDTH_DEFAULT = 80;

/** The table. */
export function limitsText(
  report: LimitsReport,
  now: number,
  { paint, columns }: AdviceLook,
): string {
  const width = columns ?? WIDTH_DEFAULT;
  const said = (text: string) => wrapText(text, width).map((line) => `${line}\n`).join("");
  if (report.limits.length === 0) return said(NOTHING);
  const rows = report.limits.map((limit) => rowOf(limit, now));
  return renderTable(COLUMNS, rows, paint, columns) + paint.dim(said(NOTE));
}

/** The same as Markdown. */
export function limitsMarkdown(report: LimitsReport, now: number): string {
  if (report.limits.length === 0) return `${NOTHING}\n`;
  return `${markdownTable(COLUMNS, report.limits.map((one) => rowOf(one, now)))}\n${NOTE}\n`;
}

/** A row for each limit, under the names that it has in JSON. */
export function limitsCsv({ limits }: LimitsReport): string {
  const names = ["platform", "name", "used", "seen_at", "resets_at", "full_at", "at_reset"]
    .concat(["at_reset_low", "at_reset_high", "tokens_per_percent", "cost_usd_per_percent"]);
  return csvText(
    names,
    limits.map((limit) => [
      limit.platform,
      limit.name,
      limit.used,
      limit.seen_at,
      limit.resets_at,
      limit.forecast?.full_at ?? null,
      limit.forecast?.at_reset.value ?? null,
      limit.forecast?.at_reset.low ?? null,
      limit.forecast?.at_reset.high ?? null,
      limit.tokens_per_percent?.value ?? null,
      limit.cost_usd_per_percent?.value ?? null,
    ]),
  );
}

function rowOf(limit: LimitReport, now: number): string[] {
  const { name, used, resets_at, forecast } = limit;
  const left = (time: string | null | undefined) =>
    time ? formatDuration(Math.max(0, Date.parse(time) - now)) : "–";
  return [
    name.replaceAll("_", " "),
    formatShare(used),
    left(resets_at),
    intervalText(forecast?.at_reset, formatShare),
    left(forecast?.full_at),
    intervalText(limit.tokens_per_percent, (count) => formatCount(Math.round(count))),
    intervalText(limit.cost_usd_per_percent, formatMoney),
  ];
}

function intervalText(
  estimate: Estimate | null | undefined,
  text: (value: number) => string,
): string {
  if (!estimate) return "–";
  const { value, low, high } = estimate;
  const isSure = low === null || high === null || text(low) === text(high);
  return isSure ? text(value) : `${text(value)} (${text(low)}–${text(high)})`;
}
