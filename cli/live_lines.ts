/**
 * What the live screen shows: the headline numbers, what stands beside them, what goes on now,
 * and the last hour minute by minute.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import { formatCount } from "../core/format.ts";
import {
  LIVE_PERIODS,
  type LivePart,
  type LivePeriod,
  type LivePicture,
  type Point,
} from "../core/live_picture.ts";
import { metricOf } from "../core/metrics.ts";
import type { Running } from "../core/reports/running.ts";
import { barsOf } from "./bars.ts";
import { changeLook, headlineNotes, headlineRows } from "./headlines.ts";
import { blanks, firstFitting, GAP, numberCell, wordCell, wrapped } from "./live_cells.ts";
import { LIVE_KEYS, type LiveChoice } from "./live_choice.ts";
import { footLines } from "./live_foot.ts";
import { rankingLines } from "./live_rankings.ts";
import { runningLines } from "./running_lines.ts";
import { fitText, type Paint, visibleWidth } from "./table.ts";

/** A picture with what is to be said of it. */
export interface LiveView {
  readonly picture: LivePicture;
  readonly period: LivePeriod;
  readonly source: "redis" | "database";
  /** Whether the news of a server move it. */
  readonly isServed?: boolean;
  /** What goes on now; undefined where only the picture is known. */
  readonly running?: Running | undefined;
  /** Why it is not from where it should be. */
  readonly trouble?: string | undefined;
}

/** The room there is, and how it is painted. */
export interface ScreenLook {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** From nothing to the highest. */
  readonly bars: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Names of projects and of tools of servers by their hash. */
  readonly labels: ReadonlyMap<string, string>;
  readonly choice: LiveChoice;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;

/**
 * The columns of each part, the same whatever stands in it, so that nothing jumps; 0 where a
 * part is left out.
 */
interface Layout {
  readonly title: number;
  readonly value: number;
  readonly change: number;
  /** What is ranked. */
  readonly side: number;
}

const TITLE_COLUMNS = 19;
const TITLE_COLUMNS_MIN = 8;
const VALUE_COLUMNS_MIN = 11;
const SIDE_COLUMNS_MIN = 25;
const SIDE_COLUMNS_MAX = 40;
/** What matters more stays longer: values, then tools and models, then changes. */
const LAYOUTS: readonly Layout[] = [
  { title: TITLE_COLUMNS, value: 22, change: 14, side: SIDE_COLUMNS_MIN },
  { title: TITLE_COLUMNS, value: 16, change: 13, side: SIDE_COLUMNS_MIN },
  { title: TITLE_COLUMNS, value: 22, change: 0, side: SIDE_COLUMNS_MIN },
  { title: TITLE_COLUMNS, value: 16, change: 0, side: SIDE_COLUMNS_MIN },
  { title: TITLE_COLUMNS, value: 16, change: 13, side: 0 },
  { title: TITLE_COLUMNS, value: 16, change: 0, side: 0 },
];

/** What goes first where there are few rows, by the metrics' ids. */
const DISPENSABLE = [
  "tokens_input",
  "files_created",
  "tokens_cache_creation",
  "rejection_rate",
  "turn_ms",
  "tokens_cache_read",
  "assistant_messages",
  "lines_removed",
  "tool_ms",
  "lines_added",
].map((id) => metricOf(id).title);

/** A heading and some numbers come before anything else. */
const BODY_ROWS_MIN = 4;
const NOW_ROWS = 5;
/** What can be empty between the parts. */
const GAP_ROWS = 3;

/** The lines from the top, at most as many and as wide as there is room for. */
export function screenLines(view: LiveView, look: ScreenLook): string[] {
  const { rows, columns, choice } = look;
  let spare = rows - BODY_ROWS_MIN;
  // What matters more takes first; what does not fit is left out whole.
  const fitting = (...choices: readonly string[][]) => {
    const lines = choices.find(({ length }) => length <= spare) ?? [];
    spare -= lines.length;
    return lines;
  };
  const said = footLines(view, look);
  const foot = fitting(said, said.slice(-1));
  const title = fitting([titleLine(view.period, look)]);
  const layout = layoutFor(columns, view.period);
  const keys = fitting([keysLine(look, layout)]);
  if (choice.isHelp) {
    return fitted(
      [...title, "", ...helpLines(look, layout), "", ...foot, ...keys],
      rows,
      columns,
    );
  }
  const chart = fitting(chartLines(view.picture, look));
  const part = view.picture.periods[view.period];
  const whole = part ? headlineRows(part.numbers).length + 1 + GAP_ROWS : 0;
  const all = BODY_ROWS_MIN + spare;
  const nowRows = Math.max(Math.min(NOW_ROWS, Math.floor(all / 3), spare), all - whole);
  const now = runningLines(view.picture, view.running, { ...look, rows: nowRows });
  const room = all - now.length;
  const body = part ? bodyLines(part, view.period, look, { layout, room }) : [];
  const gaps = room - body.length;
  const lines = [
    ...title,
    ...(gaps > 0 ? [""] : []),
    ...body,
    ...(gaps > 1 && now.length > 0 ? [""] : []),
    ...now,
    ...(gaps > 2 || now.length === 0 && gaps > 1 ? [""] : []),
    ...chart,
    ...foot,
    ...keys,
  ];
  return fitted(lines, rows, columns);
}

function fitted(lines: readonly string[], rows: number, columns: number): string[] {
  return lines.slice(0, rows).map((line) => fitText(line, columns));
}

/** Bars for the minutes up to now, the oldest first; the highest is as high as bars are. */
export function sparkline(
  points: readonly Point[],
  now: number,
  minutes: number,
  bars?: readonly string[],
): string {
  const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const known = new Map(points);
  const values = Array.from(
    { length: minutes },
    (_, i) => known.get(last - (minutes - 1 - i) * MINUTE_MS) ?? 0,
  );
  return barsOf(values, bars);
}

/** The periods to choose from, where there is room for all, and what else is chosen. */
function titleLine(period: LivePeriod, { paint, columns, choice }: ScreenLook): string {
  const periods = LIVE_PERIODS.map((name, i) => {
    const text = `${i + 1} ${name}`;
    return name === period ? paint.bold(text) : paint.dim(text);
  });
  const name = paint.bold("Blueplane");
  const chosen = [
    ...choice.platform === undefined ? [] : [platformName(choice.platform)],
    ...choice.isPaused ? [paint.yellow("paused")] : [],
  ];
  const right = chosen.length === 0 ? "" : `${chosen.join(" · ")} `;
  const room = columns - (right === "" ? 0 : visibleWidth(right) + GAP);
  const lefts = [
    ` ${name}   ${periods.join("   ")}`,
    ` ${periods.join("  ")}`,
    ` ${name}  ${period}`,
    ` ${period}`,
  ];
  const left = firstFitting(lefts, room) ?? "";
  return left + blanks(columns - visibleWidth(left) - visibleWidth(right)) + right;
}

const KEYS = [
  "1–5 p period   g group   c platform   space pause   ? help   q quit",
  "1–5 period  g group  c platform  space pause  ? help  q quit",
  "p period  g group  space pause  ? help  q quit",
  "p period  ? help  q quit",
  "? help  q quit",
];

/** Where nothing stands beside the numbers no key chooses it. */
function keysLine({ paint, columns }: ScreenLook, { side }: Layout): string {
  const all = side > 0 ? KEYS : KEYS.map((keys) => keys.replace(/g group +/, ""));
  return paint.dim(` ${all.find((keys) => keys.length < columns) ?? all.at(-1)!}`);
}

function helpLines({ paint }: ScreenLook, { side }: Layout): string[] {
  return LIVE_KEYS.filter(([key]) => side > 0 || key !== "g").map(([key, does]) =>
    ` ${paint.bold(key.padEnd(7))}${does}`
  );
}

function chartLines({ series, madeAt }: LivePicture, look: ScreenLook): string[] {
  const { paint, columns, bars } = look;
  const points = series[60]?.tokens_output ?? [];
  const minutes = Math.max(1, Math.min(MINUTES, columns - 2));
  const since = madeAt - minutes * MINUTE_MS;
  const most = Math.max(0, ...points.filter(([at]) => at > since).map(([, value]) => value));
  const stretch = minutes === MINUTES ? "hour" : `${minutes} min`;
  const peak = `peak ${formatCount(most)}`;
  const texts = [
    ` output tokens a minute, last ${stretch}; ${peak}`,
    ` output tokens/min, ${peak}`,
    ` ${peak}`,
  ];
  return [
    paint.dim(firstFitting(texts, columns) ?? ""),
    ` ${sparkline(points, madeAt, minutes, bars)}`,
  ];
}

function bodyLines(
  part: LivePart,
  period: LivePeriod,
  { paint, columns, choice, labels }: ScreenLook,
  { layout, room }: { readonly layout: Layout; readonly room: number },
): string[] {
  const said = headlineNotes(part.numbers).flatMap((note) => wrapped(note, columns));
  const notes = room - said.length < BODY_ROWS_MIN ? [] : said;
  const left = headlineLines(part, period, layout, { paint, rows: room - notes.length });
  const right = layout.side === 0 ? [] : rankingLines(part, {
    grouping: choice.grouping,
    columns: layout.side,
    rows: Math.max(left.length, room - notes.length - GAP_ROWS),
    paint,
    labels,
  });
  const empty = blanks(visibleWidth(left[0] ?? ""));
  const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const beside = right[i];
    return (left[i] ?? empty) + (beside === undefined ? "" : blanks(GAP) + beside);
  });
  return [...lines, ...notes.map((note) => paint.dim(note))].slice(0, Math.max(0, room));
}

/** Name, value and change of each; with a value goes what says more of it, where there is room. */
function headlineLines(
  { numbers }: LivePart,
  period: LivePeriod,
  { title, value, change }: Layout,
  { paint, rows }: { readonly paint: Paint; readonly rows: number },
): string[] {
  const { bold } = paint;
  const look = changeLook(paint);
  const line = (cells: readonly string[]) =>
    ` ${cells.slice(0, change > 0 ? 3 : 2).join(blanks(GAP))}`;
  const heads = period === "all" ? ["all"] : [`last ${period}`, period];
  const all = headlineRows(numbers).map(([name = "", text = "", by = ""], i) => ({
    name,
    line: line([
      wordCell(name, title),
      numberCell([text, text.replace(/(?: of |, p95 ).*/, "")], value),
      numberCell([by], change, (cell) => look(cell, i)),
    ]),
  }));
  const head = line([
    wordCell(firstFitting(heads, title) ?? "", title, bold),
    numberCell(["value"], value, bold),
    numberCell(["change"], change, bold),
  ]);
  return [...rows > 1 ? [head] : [], ...withoutSome(all, rows - 1).map(({ line }) => line)];
}

/** At most so many rows: what matters least goes first. */
function withoutSome<Row extends { readonly name: string }>(
  rows: readonly Row[],
  max: number,
): readonly Row[] {
  const surplus = Math.max(0, rows.length - max);
  const gone = new Set(DISPENSABLE.slice(0, surplus));
  return rows.filter(({ name }) => !gone.has(name));
}

/** The first that fits; tools and models have what is left. */
function layoutFor(columns: number, period: LivePeriod): Layout {
  // Before all time there was none from which a number could have changed.
  const layouts = period === "all" ? LAYOUTS.filter(({ change }) => change === 0) : LAYOUTS;
  const fitting = layouts.find((layout) => columnsOf(layout) <= columns);
  if (!fitting) return narrowLayout(Math.max(0, columns - 1 - GAP));
  if (fitting.side === 0) return fitting;
  const side = fitting.side + columns - columnsOf(fitting);
  return { ...fitting, side: Math.min(SIDE_COLUMNS_MAX, side) };
}

/** The names give first, then what says more of a value, and the number itself at no time. */
function narrowLayout(room: number): Layout {
  const widest = LAYOUTS.at(-1)!.value;
  const value = Math.max(VALUE_COLUMNS_MIN, Math.min(widest, room - TITLE_COLUMNS_MIN));
  return { title: Math.max(0, room - value), value: Math.min(value, room), change: 0, side: 0 };
}

function columnsOf({ title, value, change, side }: Layout): number {
  const parts = [title, value, change, side].filter((part) => part > 0);
  return 1 + parts.reduce((sum, part) => sum + part, GAP * (parts.length - 1));
}
