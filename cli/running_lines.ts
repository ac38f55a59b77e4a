/**
 * The part of the live screen that says what goes on now: the burn rate, running sessions, and
 * what was decided last.
 *
 * @module
 */

import { costText } from "../core/cost_text.ts";
import { formatAgo, formatCount, formatDuration, formatMoney } from "../core/format.ts";
import type { LivePicture, Point } from "../core/live_picture.ts";
import type { Running, RunningSession } from "../core/reports/running.ts";
import { fitText, type Paint, printable, visibleWidth } from "./table.ts";

/** How it looks. */
export interface RunningLook {
  readonly columns: number;
  readonly paint: Paint;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Names of projects and of tools of servers by their hash. */
  readonly labels: ReadonlyMap<string, string>;
}

/** What flows per hour and minute. */
export interface BurnRate {
  readonly usdPerHour: number;
  readonly tokensPerMinute: number;
}

const MINUTE_MS = 60_000;
const BURN_MINUTES = 10;
const MINUTES_AN_HOUR = 60;
const SESSIONS_MAX = 3;
const NAME_COLUMNS = 18;
const TOOL_COLUMNS = 24;

/** The mean of the last ten minutes; null where the picture has no series. */
export function burnRate({ series, madeAt }: LivePicture): BurnRate | null {
  const { cost_usd, tokens_output } = series[60] ?? {};
  if (!cost_usd || !tokens_output) return null;
  const mean = (points: readonly Point[]) =>
    points.filter(([at]) => at > madeAt - BURN_MINUTES * MINUTE_MS)
      .reduce((sum, [, value]) => sum + value, 0) / BURN_MINUTES;
  return {
    usdPerHour: MINUTES_AN_HOUR * mean(cost_usd),
    tokensPerMinute: mean(tokens_output),
  };
}

/** The lines, at most five. */
export function runningLines(
  picture: LivePicture,
  running: Running | undefined,
  look: RunningLook,
): string[] {
  const { paint } = look;
  const burn = burnRate(picture);
  const count = running?.sessions.length;
  const parts = [
    ...(count === undefined ? [] : [`${count || "none"} running`]),
    ...(burn ? [`${formatMoney(burn.usdPerHour)}/h`] : []),
    ...(burn ? [`${formatCount(burn.tokensPerMinute)} output tokens/min`] : []),
  ];
  return [
    ...(parts.length === 0 ? [] : [` ${paint.bold("now")}  ${parts.join(" · ")}`]),
    ...(running?.sessions ?? []).slice(0, SESSIONS_MAX).map((one) => sessionLine(one, look)),
    ...decisionLine(running, look),
  ];
}

function sessionLine(session: RunningSession, { columns, paint, now, labels }: RunningLook) {
  const { session_id, project_id, tool, tool_at, last_at } = session;
  const name = (project_id === null ? undefined : labels.get(project_id)) ??
    session_id.slice(0, 8);
  const doing = tool === null
    ? paint.dim(formatAgo(last_at, now))
    : `${printable(labels.get(tool) ?? tool)} ${
      paint.dim(formatDuration(Math.max(0, now - (tool_at ?? now))))
    }`;
  const line =
    ` ${tool === null ? " " : paint.green("▶")} ${cell(printable(name), NAME_COLUMNS)}  ` +
    `${cell(doing, TOOL_COLUMNS)}  ${costText(session)}`;
  return fitText(line, columns);
}

function decisionLine(running: Running | undefined, look: RunningLook) {
  const { columns, paint, now, labels } = look;
  const texts = (running?.decisions ?? []).map(({ kind, tool, at }) =>
    `${kind === "rejected" ? paint.red(kind) : kind} ${printable(labels.get(tool) ?? tool)} ${
      paint.dim(formatAgo(at, now))
    }`
  );
  while (texts.length > 1 && visibleWidth(decided(texts)) > columns) texts.pop();
  return texts.length === 0 ? [] : [fitText(decided(texts), columns)];
}

function decided(texts: readonly string[]): string {
  return ` last  ${texts.join(" · ")}`;
}

function cell(text: string, width: number): string {
  const fitted = fitText(text, width);
  return fitted + " ".repeat(width - visibleWidth(fitted));
}
