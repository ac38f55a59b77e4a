/**
 * What the live screen shows: the headline numbers, the first tools and models, and the last
 * hour minute by minute.
 *
 * @module
 */

import { formatCount, formatDuration, formatMoney } from "../core/format.ts";
import {
  LIVE_PERIODS,
  type LivePart,
  type LivePeriod,
  type LivePicture,
  type Point,
  type Rank,
} from "../core/live_picture.ts";
import { headlineNotes, headlineRows } from "./headlines.ts";
import { fitText, type Paint, renderTable, visibleWidth } from "./table.ts";

/** A picture with what is to be said of it. */
export interface LiveView {
  readonly picture: LivePicture;
  readonly period: LivePeriod;
  readonly source: "redis" | "database";
  /** Why it is not from where it should be. */
  readonly trouble?: string | undefined;
}

/** The room there is, and how it is painted. */
export interface ScreenLook {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
const BARS = "▁▂▃▄▅▆▇█";
/** Columns that the tools and models want beside the headline numbers, and their gap. */
const SIDE_COLUMNS_MIN = 24;
const SIDE_COLUMNS_MAX = 40;
const GAP = 3;
/** Columns that a table of two takes beside its texts. */
const TABLE_EDGES = 5;
const TOOLS_MAX = 7;
const MODELS_MAX = 5;
/** A server makes a picture a minute: who is that much behind has none. */
const STALE_MS = 3 * MINUTE_MS;

/** The lines from the top, at most as many and as wide as there is room for. */
export function screenLines(view: LiveView, look: ScreenLook): string[] {
  const { rows, columns } = look;
  const part = view.picture.periods[view.period];
  const title = titleLine(view.period, look);
  const foot = footLine(view, look);
  const chart = chartLines(view.picture, look);
  const body = part ? bodyLines(part, view.period, look) : [];
  const spare = rows - 2 - chart.length - body.length;
  const lines = [
    title,
    ...(spare > 0 ? [""] : []),
    ...body.slice(0, Math.max(0, body.length + spare)),
    ...(spare > 1 ? [""] : []),
    ...chart,
    ...(spare > 2 ? [""] : []),
    foot,
  ];
  return lines.slice(0, rows).map((line) => fitText(line, columns));
}

/** Bars for the minutes up to now, the oldest first; the highest is as high as bars are. */
export function sparkline(points: readonly Point[], now: number, minutes: number): string {
  const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const known = new Map(points);
  const values = Array.from(
    { length: minutes },
    (_, i) => known.get(last - (minutes - 1 - i) * MINUTE_MS) ?? 0,
  );
  const top = Math.max(...values);
  return values.map((value) => {
    // The lowest bar is for nothing alone.
    const height = value <= 0 ? 0 : Math.max(1, Math.round(value / top * (BARS.length - 1)));
    return BARS[height];
  }).join("");
}

function titleLine(period: LivePeriod, { paint, columns }: ScreenLook): string {
  const periods = LIVE_PERIODS.map((name, i) => {
    const text = `${i + 1} ${name}`;
    return name === period ? paint.bold(text) : paint.dim(text);
  });
  const left = ` ${paint.bold("Blueplane")}   ${periods.join("   ")}`;
  const right = paint.dim("q quits ");
  const gap = columns - visibleWidth(left) - visibleWidth(right);
  return gap < GAP ? left : left + " ".repeat(gap) + right;
}

function footLine({ picture, source, trouble }: LiveView, { paint, now }: ScreenLook): string {
  const ageMs = Math.max(0, now - picture.madeAt);
  const from = source === "redis" ? "the live picture in Redis" : "the database";
  const text = ` updated ${formatDuration(ageMs)} ago, from ${from}`;
  const age = ageMs > STALE_MS ? paint.yellow(text) : paint.dim(text);
  return trouble === undefined ? age : `${age} ${paint.yellow(`(${trouble})`)}`;
}

function chartLines({ series, madeAt }: LivePicture, { paint, columns }: ScreenLook): string[] {
  const points = series[60]?.tokens_output ?? [];
  const minutes = Math.max(1, Math.min(MINUTES, columns - 2));
  const since = madeAt - minutes * MINUTE_MS;
  const peak = Math.max(0, ...points.filter(([at]) => at > since).map(([, value]) => value));
  const stretch = minutes === MINUTES ? "hour" : `${minutes} min`;
  return [
    paint.dim(` output tokens a minute, last ${stretch}; peak ${formatCount(peak)}`),
    ` ${sparkline(points, madeAt, minutes)}`,
  ];
}

function bodyLines(part: LivePart, period: LivePeriod, { paint, columns }: ScreenLook): string[] {
  const titles = [
    { title: `last ${period}` },
    { title: "value", number: true },
    { title: "change", number: true },
  ];
  const left = linesOf(renderTable(titles, headlineRows(part.numbers), paint, columns));
  const leftColumns = Math.max(...left.map(visibleWidth));
  const sideColumns = Math.min(SIDE_COLUMNS_MAX, columns - leftColumns - GAP);
  const right = sideColumns < SIDE_COLUMNS_MIN ? [] : sideLines(part, sideColumns, paint);
  const notes = headlineNotes(part.numbers);
  return [
    ...left.map((line, i) => {
      const beside = right[i];
      if (!beside) return line;
      return line + " ".repeat(leftColumns + GAP - visibleWidth(line)) + beside;
    }),
    ...notes.map((note) => paint.dim(` ${note}`)),
  ];
}

/** The first tools and models, below each other. */
function sideLines({ rankings }: LivePart, columns: number, paint: Paint): string[] {
  const { tools, models_by_cost, models_by_tokens } = rankings;
  const rank = (title: string, unit: string, ranks: readonly (readonly [string, string])[]) => {
    const widest = Math.max(unit.length, ...ranks.map(([, score]) => score.length));
    const room = columns - widest - TABLE_EDGES;
    const rows = ranks.map(([member, score]) => [fitText(member, room), score]);
    const titles = [{ title: title.padEnd(room) }, { title: unit, number: true }];
    return linesOf(renderTable(titles, rows, paint, columns));
  };
  const shown = (ranks: readonly Rank[], max: number, format: (score: number) => string) =>
    ranks.slice(0, max).map(([member, score]) => [member, format(score)] as const);
  return [
    ...rank("tool", "calls", shown(tools, TOOLS_MAX, formatCount)),
    "",
    ...models_by_cost.length > 0
      ? rank("model", "cost", shown(models_by_cost, MODELS_MAX, formatMoney))
      : rank("model", "tokens", shown(models_by_tokens, MODELS_MAX, formatCount)),
  ];
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
