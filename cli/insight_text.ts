/**
 * An insight as people read it in a terminal: what, where, of how many, what it could save, and
 * what to do.
 *
 * @module
 */

import {
  formatAgo,
  formatCount,
  formatCounted,
  formatDuration,
  formatMoney,
} from "../core/format.ts";
import { printable } from "../core/printable.ts";
import type { Insight } from "../core/reports/insights_report.ts";
import { type Paint } from "./table.ts";
import { wrapText } from "./wrap.ts";

const ID_CHARACTERS = 8;
/** Behind the word that says how much it matters. */
const INDENT = 8;
const WIDTH_MIN = 40, WIDTH_MAX = 100;

/** What the lines are made with. */
export interface TextPlace {
  readonly paint: Paint;
  readonly now: number;
  readonly columns: number;
}

/** The lines of insights; what to do is said once, and behind the others of which it was said. */
export function insightsText(insights: readonly Insight[], place: TextPlace): string {
  const told = new Map<string, string>();
  return insights.map((insight) => {
    const { id, suggestion } = insight, first = told.getOrInsert(suggestion, id);
    return textOf(insight, first === id ? suggestion : `as for [${first}]`, place);
  }).join("\n");
}

function textOf(insight: Insight, advice: string, { paint, now, columns }: TextPlace): string {
  const width = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, columns)) - INDENT;
  const { severity, state } = insight;
  const colour = severity === "high"
    ? paint.red
    : severity === "medium"
    ? paint.yellow
    : paint.dim;
  const [head = "", ...rest] = wrapText(printable(insight.title), width);
  const details = [placeOf(insight, now), numbersOf(insight)]
    .flatMap((text) => wrapText(text, width));
  const toDo = wrapText(advice, width - 2).map((text, i) => `${i === 0 ? "→" : " "} ${text}`);
  const hidden = state === "open" ? "" : paint.dim(` (${state})`);
  return [
    `${colour(severity.padEnd(INDENT))}${paint.bold(head)}${rest.length === 0 ? hidden : ""}`,
    ...rest.map((text, i) => indent(paint.bold(text)) + (i < rest.length - 1 ? "" : hidden)),
    ...details.map((text) => indent(paint.dim(text))),
    ...toDo.map(indent),
  ].join("\n") + "\n";
}

function indent(text: string): string {
  return " ".repeat(INDENT) + text;
}

function placeOf(insight: Insight, now: number): string {
  const { project_id, project_label, sessions, session_id, period } = insight;
  const project = project_label ?? project_id?.slice(0, ID_CHARACTERS);
  const last = formatAgo(Date.parse(period.to), now);
  const session = `session ${session_id.slice(0, ID_CHARACTERS)}`;
  return [
    ...(project === undefined ? [] : [printable(project)]),
    sessions === 1
      ? `${session}, ${last}`
      : `${formatCount(sessions)} sessions since ${period.from.slice(0, 10)}, ` +
        `as in ${session}, the last ${last}`,
  ].join(", ");
}

function numbersOf({ id, kind, n, n_of, expected_gain }: Insight): string {
  const { tokens = null, cost_usd = null, duration_ms = null } = expected_gain ?? {};
  const gains = [
    ...(cost_usd === null || cost_usd === 0 ? [] : [formatMoney(cost_usd)]),
    ...(duration_ms === null || duration_ms === 0 ? [] : [formatDuration(duration_ms)]),
    ...(tokens === null || tokens === 0 ? [] : [formatCounted(tokens, "token")]),
  ];
  const gain = gains.length === 0 ? "" : `, could save ${gains.join(", ")}`;
  return `n = ${formatCount(n)} ${n_of}${gain} [${id}], ${kind}`;
}
