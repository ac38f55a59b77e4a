/**
 * Sessions as bars: of what they are sorted by, or of what they cost.
 *
 * @module
 */

import { isCostOpen } from "../core/cost_text.ts";
import { metricOf, numberAt } from "../core/metrics.ts";
import type { Session } from "../core/reports/sessions_report.ts";
import { isOutputOpen } from "../core/reports/output_bound.ts";
import { localDay } from "./analysis/local_time.ts";
import { barChart } from "./charts/bar_chart.ts";
import type { ChartLook } from "./charts/chart_look.ts";
import type { SessionSort } from "../core/reports/report_choices.ts";

const ID_CHARACTERS = 8;
/** The number that is drawn for each order. */
const DRAWN: Readonly<Record<SessionSort, string>> = {
  recent: "cost_usd",
  started: "cost_usd",
  duration: "duration_ms",
  cost: "cost_usd",
  tokens: "tokens_output",
  prompts: "user_prompts",
  tools: "tool_uses",
  failed: "tool_results_failed",
  rejected: "tool_results_rejected",
  lines: "lines_added",
  acceptance: "acceptance_value",
  project: "cost_usd",
};

/** The lines: sessions in the order given. */
export function sessionsChart(
  sessions: readonly Session[],
  sort: SessionSort,
  look: ChartLook,
): string[] {
  const { title, unit, foundIn: { sessions: path } } = metricOf(DRAWN[sort]);
  const place = path!.replace("sessions[].", "");
  const bars = sessions.map((session) => ({
    name: nameOf(session),
    value: numberAt(session, place) as number | null,
    isLowerBound: isOpen(session, DRAWN[sort]),
  }));
  return [look.paint.bold(`${title} by session`), ...barChart(bars, unit, look)];
}

function nameOf({ session_id, project_label, started_at }: Session): string {
  const day = started_at === null ? "" : `${localDay(Date.parse(started_at))} `;
  return `${session_id.slice(0, ID_CHARACTERS)} ${day}${project_label ?? ""}`.trimEnd();
}

function isOpen(session: Session, name: string): boolean {
  if (name === "cost_usd") return isCostOpen(session);
  return name === "tokens_output" && isOutputOpen(session);
}
