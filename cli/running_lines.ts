/**
 * The part of the live screen that says what goes on now: the burn rate, running sessions, and
 * what was decided last.
 *
 * @module
 */

import { costText } from "../core/cost_text.ts";
import { formatAgo, formatCount, formatDuration, formatMoney } from "../core/format.ts";
import type { LivePicture, Point } from "../core/live_picture.ts";
import { printable } from "../core/printable.ts";
import type { Running, RunningSession } from "../core/reports/running.ts";
import { blanks, firstFitting, GAP, numberCell, wordCell } from "./live_cells.ts";
import { fitApart, fitText, type Paint, visibleWidth } from "./table.ts";

/** How it looks. */
export interface RunningLook {
  readonly columns: number;
  /** Room for lines: many sessions take more than a few do. */
  readonly rows: number;
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
const MARK_COLUMNS = 3;
const NAME_COLUMNS = 18;
const TOOL_COLUMNS = 24;
const TOOL_COLUMNS_MIN = 10;
const COST_COLUMNS = 9;
const NAME_COLUMNS_MIN = 4;

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

/** The lines, at most as many as there is room for. */
export function runningLines(
  picture: LivePicture,
  running: Running | undefined,
  look: RunningLook,
): string[] {
  const { paint, columns, rows } = look;
  const burn = burnRate(picture);
  const count = running?.sessions.length;
  const parts = [
    ...(count === undefined ? [] : [`${count || "none"} running`]),
    ...(burn ? [`${formatMoney(burn.usdPerHour)}/h`] : []),
    ...(burn ? [`${formatCount(burn.tokensPerMinute)} output tokens/min`] : []),
  ];
  const decided = decisionLine(running, look);
  const head = inOneLine(` ${paint.bold("now")}  `, parts, columns);
  const others = head.length + decided.length;
  const sessions = (running?.sessions ?? []).slice(0, Math.max(1, rows - others));
  return [
    ...head,
    ...sessionLines(sessions, look),
    ...decided,
  ].slice(0, Math.max(0, rows));
}

/** As many of the parts as fit, at least that of the first which can be cut; none without any. */
function inOneLine(
  title: string,
  parts: readonly string[],
  columns: number,
  least = parts[0] ?? "",
): string[] {
  if (parts.length === 0) return [];
  const lines = parts.map((_, i) => title + parts.slice(0, parts.length - i).join(" · "));
  return [firstFitting(lines, columns) ?? fitText(title + least, columns)];
}

/** Its project, what it does and since when, and its cost; where there is little room, less. */
function sessionLines(sessions: readonly RunningSession[], look: RunningLook): string[] {
  const { columns, paint, labels } = look;
  const room = columns - MARK_COLUMNS - GAP - COST_COLUMNS;
  const doing = Math.min(TOOL_COLUMNS, room - GAP - Math.min(NAME_COLUMNS, room >> 1));
  const isDoing = doing >= TOOL_COLUMNS_MIN;
  const width = Math.max(0, Math.min(NAME_COLUMNS, isDoing ? room - GAP - doing : room));
  const names = sessions.map(({ project_id, session_id }) =>
    printable(labels.get(project_id ?? "") ?? session_id.slice(0, 8))
  );
  const fit = fitApart(names, width);
  return sessions.map((session, i) => {
    const cost = costText(session);
    const cells = [
      wordCell(fit(names[i]!, width), width),
      ...isDoing ? [doingCell(session, look, doing)] : [],
      numberCell([cost], Math.min(visibleWidth(cost), columns - MARK_COLUMNS - GAP)),
    ];
    return ` ${session.tool === null ? " " : paint.green("▶")} ${cells.join(blanks(GAP))}`;
  });
}

/** The tool, cut where it has to be, and for how long it runs; or when something happened last. */
function doingCell(session: RunningSession, { paint, now, labels }: RunningLook, width: number) {
  const { tool, tool_at, last_at } = session;
  if (tool === null) return wordCell(formatAgo(last_at, now), width, paint.dim);
  const name = printable(labels.get(tool) ?? tool);
  const since = formatDuration(Math.max(0, now - (tool_at ?? now)));
  const room = width - 1 - since.length;
  if (room < NAME_COLUMNS_MIN) return wordCell(name, width);
  const fitting = fitText(name, room);
  return `${fitting} ${paint.dim(since)}${blanks(room - visibleWidth(fitting))}`;
}

function decisionLine(running: Running | undefined, look: RunningLook): string[] {
  const { columns, paint, now, labels } = look;
  const texts = (running?.decisions ?? []).map(({ kind, tool, at }) => {
    const what = kind === "rejected" ? paint.red(kind) : kind;
    return [`${what} ${printable(labels.get(tool) ?? tool)}`, paint.dim(formatAgo(at, now))];
  });
  return inOneLine(" last  ", texts.map((text) => text.join(" ")), columns, texts[0]?.[0]);
}
