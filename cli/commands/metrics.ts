/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import { formatCount, formatMoney, formatShare } from "../../core/format.ts";
import type { GroupBy } from "../../core/reports/groups.ts";
import { liveNumbers } from "../../core/reports/live_picture.ts";
import { type MetricsReport, reportMetrics } from "../../core/reports/metrics_report.ts";
import { parsePeriod, type Period, rollingPeriod } from "../../core/reports/period.ts";
import { isOutputOpen, type Totals } from "../../core/reports/totals.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { headlineNotes, headlineRows, type Numbers } from "../headlines.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, renderTable } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
  readonly groupBy?: GroupBy;
  readonly watch?: true;
  /** Seconds. */
  readonly interval?: number;
}

/** Columns of the table of groups, and how much each matters where there is little room. */
const GROUP_COLUMNS = [
  ["cost", 9],
  ["prompts", 5],
  ["responses", 4],
  ["tool calls", 7],
  ["failed", 6],
  ["refused", 3],
  ["lines", 2],
  ["output", 8],
] as const;

/** How and how wide a table is drawn. */
interface Look {
  readonly paint: Paint;
  readonly columns: number;
  readonly title: string;
}

/** Runs the command. */
export async function runMetrics(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
): Promise<number> {
  if (options.watch) return await (await import("../watch.ts")).runWatch(io, globals, options);
  if (options.interval !== undefined) {
    throw new UsageError("Cannot use --interval: it goes with --watch");
  }
  const now = io.clock.now();
  const period = periodOf(options, now);
  return await withReport(io, globals, options, ({ db, filter, labels, coverage }) => {
    const { groupBy } = options;
    const report = reportMetrics(db, { ...filter, period, now, groupBy, labels, coverage });
    if (globals.json) return printJson(io, report);
    const paint = paintFor(io, globals);
    const look = { paint, columns: io.stdout.columns(), title: periodTitle(options) };
    io.stdout.write(report.groups ? groupTable(report, look) : headlineTable(report, look));
    noteCoverage(io, globals, report.coverage);
  });
}

function periodOf({ period, since, until }: MetricsOptions, now: number): Period {
  if (since === undefined && until === undefined) return rollingPeriod(period, now);
  try {
    return parsePeriod(since, until, now);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The heading of the first column: which period the numbers are of. */
function periodTitle({ period, since, until }: MetricsOptions): string {
  if (since === undefined && until === undefined) {
    return period === "all" ? "all" : `last ${period}`;
  }
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(" ");
}

function headlineTable(report: MetricsReport, { paint, columns: width, title }: Look): string {
  const numbers = liveNumbers(report);
  const columns = [{ title }, { title: "value", number: true }, {
    title: "change",
    number: true,
  }];
  return renderTable(columns, headlineRows(numbers), paint, width) + notesText(numbers, paint);
}

function notesText(numbers: Numbers, paint: Paint): string {
  return headlineNotes(numbers).map((note) => paint.dim(`${note}\n`)).join("");
}

/** The sign before a number that is a lower bound. */
function lowerBound(totals: Totals, name: string): string {
  if (name === "cost_usd") return totals.cost_is_lower_bound ? "≥" : "";
  return name === "tokens_output" && isOutputOpen(totals) ? "≥" : "";
}

/** Groups have prices of their own; what is kept of none is said once. */
function unknownOnly({ sessions_without_tokens, sessions }: Numbers): Numbers {
  return { sessions_without_tokens, sessions };
}

function groupTable(report: MetricsReport, { paint, columns: width, title }: Look): string {
  const columns = GROUP_COLUMNS.map(([name, weight]) => ({ title: name, weight, number: true }));
  const rows = (report.groups ?? []).map(({ key, label, totals, rates }) => [
    label ?? key,
    lowerBound(totals, "cost_usd") + formatMoney(totals.cost_usd),
    formatCount(totals.user_prompts),
    formatCount(totals.assistant_messages),
    formatCount(totals.tool_uses),
    formatShare(rates.error?.value),
    formatShare(rates.rejection?.value),
    totals.lines_added === null
      ? "–"
      : `+${formatCount(totals.lines_added)} −${formatCount(totals.lines_removed)}`,
    lowerBound(totals, "tokens_output") + formatCount(totals.tokens.output),
  ]);
  return rows.length === 0
    ? "Nothing in this period.\n"
    : renderTable([{ title }, ...columns], rows, paint, width) +
      notesText(unknownOnly(liveNumbers(report)), paint);
}
