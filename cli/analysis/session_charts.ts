/**
 * A session as charts: how tokens and cost grew, and which tools were called.
 *
 * @module
 */

import { costMark } from "../../core/cost_text.ts";
import { formatDuration, formatNumber } from "../../core/format.ts";
import type { SessionReport } from "../../core/reports/session_report.ts";
import { barChart } from "../charts/bar_chart.ts";
import type { ChartLook } from "../charts/chart_look.ts";
import { lineChart } from "../charts/line_chart.ts";
import { localTime } from "./local_time.ts";
import type { Unit } from "../charts/scale.ts";

const TOOLS_MAX = 12;

/** The charts as lines, with a blank line between them. */
export function sessionCharts(report: SessionReport, look: ChartLook): string[] {
  const { paint } = look;
  const { session, activity, tools } = report;
  const shown = tools.toSorted((a, b) => b.uses - a.uses).slice(0, TOOLS_MAX);
  const bars = shown.map(({ tool, uses }) => ({ name: tool, value: uses }));
  return [
    ...grown("cost", "usd", activity?.cost_so_far_usd, report, look),
    ...grown("tokens", "tokens", activity?.tokens_so_far, report, look),
    `${paint.bold("tool calls")}, ${formatNumber(session.tool_uses, "count")} in all`,
    ...bars.length === 0
      ? [" no tool was called"]
      : barChart(bars, "count", look, session.tool_uses),
    ...shown.length < tools.length
      ? [paint.dim(`the first ${shown.length} of ${tools.length}`)]
      : [],
  ];
}

function grown(
  title: string,
  unit: Unit,
  values: readonly number[] | null | undefined,
  { session }: SessionReport,
  look: ChartLook,
): string[] {
  const { started_at, ended_at, duration_ms } = session;
  const head = look.paint.bold(`${title} so far`);
  if (!values || started_at === null || ended_at === null) return [`${head}: not known`, ""];
  const ends = [localTime(Date.parse(started_at)), localTime(Date.parse(ended_at))] as const;
  const sign = unit === "usd" ? costMark(session) : "";
  const last = sign + formatNumber(values.at(-1), unit);
  return [
    `${head}, ${last} in ${formatDuration(duration_ms ?? 0)}`,
    ...lineChart(values, unit, ends, look),
    "",
  ];
}
