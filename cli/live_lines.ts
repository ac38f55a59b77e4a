/**
 * What the live screen shows: the headline numbers, what stands beside them, what goes on now,
 * and the last hour minute by minute.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import { costText } from "../core/cost_text.ts";
import { formatCount, formatDuration } from "../core/format.ts";
import {
  LIVE_PERIODS,
  type LivePart,
  type LivePeriod,
  type LivePicture,
  type Point,
  type Rank,
} from "../core/live_picture.ts";
import { metricOf } from "../core/metrics.ts";
import type { Running } from "../core/reports/running.ts";
import { barsOf } from "./bars.ts";
import { headlineNotes, headlineRows } from "./headlines.ts";
import { LIVE_KEYS, type LiveChoice, type LiveGrouping } from "./live_choice.ts";
import { runningLines } from "./running_lines.ts";
import { fitText, type Paint, printable, visibleWidth } from "./table.ts";

/** A picture with what is to be said of it. */
export interface LiveView {
  readonly picture: LivePicture;
  readonly period: LivePeriod;
  readonly source: "redis" | "database";
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
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Names of projects by their hash. */
  readonly labels: ReadonlyMap<string, string>;
  readonly choice: LiveChoice;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
const FIRST_MAX = 7;
const SECOND_MAX = 5;
/** A server makes a picture a minute: who is that much behind has none. */
const STALE_MS = 3 * MINUTE_MS;

/**
 * The columns of each part, the same whatever stands in it, so that nothing jumps; 0 where a
 * part is left out.
 */
interface Layout {
  readonly value: number;
  readonly change: number;
  /** What is ranked. */
  readonly side: number;
}

const TITLE_COLUMNS = 19;
const SCORE_COLUMNS = 8, SCORE_COLUMNS_MAX = 12;
const GAP = 2;
const SIDE_GAP = 3;
const SIDE_COLUMNS_MIN = 25;
const SIDE_COLUMNS_MAX = 40;
/** What matters more stays longer: values, then tools and models, then changes. */
const LAYOUTS: readonly Layout[] = [
  { value: 22, change: 14, side: SIDE_COLUMNS_MIN },
  { value: 18, change: 10, side: SIDE_COLUMNS_MIN },
  { value: 18, change: 0, side: SIDE_COLUMNS_MIN },
  { value: 18, change: 10, side: 0 },
  { value: 18, change: 0, side: 0 },
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

/** The lines from the top, at most as many and as wide as there is room for. */
export function screenLines(view: LiveView, look: ScreenLook): string[] {
  const { rows, columns, choice } = look;
  const title = titleLine(view.period, look);
  const foot = [...footLines(view, look), keysLine(look)];
  if (choice.isHelp) return fitted([title, "", ...helpLines(look), "", ...foot], rows, columns);
  const part = view.picture.periods[view.period];
  const chart = chartLines(view.picture, look);
  const running = runningLines(view.picture, view.running, look);
  const spare = rows - 1 - foot.length - chart.length;
  const now = running.slice(0, Math.max(0, Math.floor(spare / 3)));
  const room = spare - now.length;
  const body = part ? bodyLines(part, view.period, look, room) : [];
  const gaps = room - body.length;
  const lines = [
    title,
    ...(gaps > 0 ? [""] : []),
    ...body,
    ...(gaps > 1 && now.length > 0 ? [""] : []),
    ...now,
    ...(gaps > 2 || now.length === 0 && gaps > 1 ? [""] : []),
    ...chart,
    ...foot,
  ];
  return fitted(lines, rows, columns);
}

function fitted(lines: readonly string[], rows: number, columns: number): string[] {
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
  return barsOf(values);
}

function titleLine(period: LivePeriod, { paint, columns, choice }: ScreenLook): string {
  const periods = LIVE_PERIODS.map((name, i) => {
    const text = `${i + 1} ${name}`;
    return name === period ? paint.bold(text) : paint.dim(text);
  });
  const left = ` ${paint.bold("Blueplane")}   ${periods.join("   ")}`;
  const platform = choice.platform === undefined ? "" : platformName(choice.platform);
  const right = choice.isPaused ? paint.yellow("paused ") : `${platform} `;
  const gap = columns - visibleWidth(left) - visibleWidth(right);
  return gap < SIDE_GAP ? left : left + " ".repeat(gap) + right;
}

const KEYS = [
  "1–5 p period   g group   c platform   space pause   ? help   q quit",
  "1–5 period  g group  c platform  space pause  ? help  q quit",
  "p period  g group  space pause  ? help  q quit",
  "p period  ? help  q quit",
  "? help  q quit",
];

function keysLine({ paint, columns }: ScreenLook): string {
  return paint.dim(` ${KEYS.find((keys) => keys.length < columns) ?? KEYS.at(-1)!}`);
}

function helpLines({ paint }: ScreenLook): string[] {
  return LIVE_KEYS.map(([key, does]) => ` ${paint.bold(key.padEnd(7))}${does}`);
}

/** How old the numbers are, below what else is to be said of them. */
function footLines({ picture, period, source, trouble }: LiveView, look: ScreenLook): string[] {
  const { paint, now, columns } = look;
  const ageMs = Math.max(0, now - picture.madeAt);
  const ago = `${formatDuration(ageMs)} ago`;
  const texts = [
    ` updated ${ago}, from the ${source === "redis" ? "live picture in Redis" : "database"}`,
    ` updated ${ago}, from ${source === "redis" ? "Redis" : "disk"}`,
    ` ${ago}`,
  ];
  const text = texts.find((one) => visibleWidth(one) <= columns) ?? texts.at(-1)!;
  const age = ageMs > STALE_MS ? paint.yellow(text) : paint.dim(text);
  const left = missingTexts(picture.periods[period]?.numbers ?? {}).map((text) =>
    paint.dim(text)
  );
  if (trouble === undefined) return [...left, age];
  const beside = `${age} ${paint.yellow(`(${trouble})`)}`;
  if (visibleWidth(beside) <= columns) return [...left, beside];
  return [...left, ...wrapped(trouble, columns).map((line) => paint.yellow(line)), age];
}

/** What the numbers leave out so far. */
function missingTexts(numbers: LivePart["numbers"]): string[] {
  const { files_done = 0, files_total = 0 } = numbers;
  const { rebuild_blocks_done: done = 0, rebuild_blocks_total: blocks = 0 } = numbers;
  const of = (part: number, all: number) => `${formatCount(part)} of ${formatCount(all)}`;
  return [
    ...files_done < files_total ? [` ${of(files_done, files_total)} files are read`] : [],
    ...blocks > 0 ? [` rebuilding: ${of(done, blocks)} blocks`] : [],
  ];
}

/** The words in lines of that width, where words let it, each behind a space. */
function wrapped(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of printable(text).split(" ")) {
    const last = `${lines.at(-1)} ${word}`;
    if (visibleWidth(last) <= columns || lines.at(-1) === "") lines[lines.length - 1] = last;
    else lines.push(` ${word}`);
  }
  return lines;
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

function bodyLines(
  part: LivePart,
  period: LivePeriod,
  { paint, columns, choice, labels }: ScreenLook,
  room: number,
): string[] {
  const layout = layoutFor(columns);
  const widths = [TITLE_COLUMNS, layout.value, layout.change];
  const notes = headlineNotes(part.numbers);
  const head = period === "all" ? "all" : `last ${period}`;
  const rows = [
    [head, "value", "change"],
    ...withoutSome(headlineRows(part.numbers), room - 1 - notes.length),
  ];
  const left = rows.map((row, i) => rowOf(row, widths, i === 0 ? paint.bold : itself));
  const side = { grouping: choice.grouping, columns: layout.side, rows: left.length, labels };
  const right = layout.side === 0 ? [] : sideLines(part, side, paint);
  const lines = [
    ...left.map((line, i) => {
      const beside = right[i];
      return ` ${line}${beside === undefined ? "" : " ".repeat(SIDE_GAP) + beside}`;
    }),
    ...notes.map((note) => paint.dim(` ${note}`)),
  ];
  return lines.slice(0, Math.max(0, room));
}

/** At most so many rows: what matters least goes first. */
function withoutSome(rows: readonly string[][], max: number): readonly string[][] {
  const surplus = Math.max(0, rows.length - max);
  const gone = new Set(DISPENSABLE.slice(0, surplus));
  return rows.filter(([title]) => !gone.has(title!));
}

/** The first that fits; tools and models have what is left. */
function layoutFor(columns: number): Layout {
  const fitting = LAYOUTS.find((layout) => columnsOf(layout) <= columns) ?? LAYOUTS.at(-1)!;
  if (fitting.side === 0) return fitting;
  const side = fitting.side + columns - columnsOf(fitting);
  return { ...fitting, side: Math.min(SIDE_COLUMNS_MAX, side) };
}

function columnsOf({ value, change, side }: Layout): number {
  return 1 + TITLE_COLUMNS + GAP + value + (change > 0 ? GAP + change : 0) +
    (side > 0 ? SIDE_GAP + side : 0);
}

/** What is ranked, and the room for it. */
interface Side {
  readonly grouping: LiveGrouping;
  readonly columns: number;
  readonly rows: number;
  readonly labels: ReadonlyMap<string, string>;
}

/** One ranking: its titles, members and how their score looks. */
interface Ranking {
  readonly titles: readonly [string, string];
  readonly ranks: readonly Rank[];
  readonly format: (score: number) => string;
  /** What a name is where there is so much room; itself without it. */
  readonly fit?: (name: string, width: number) => string;
}

/** Two rankings below each other, as long as there is room for. */
function sideLines(part: LivePart, { grouping, columns, rows, labels }: Side, paint: Paint) {
  const rankings = rankingsOf(part, grouping, labels), [first, second] = rankings;
  const scores = rankings.flatMap(({ ranks, format }) => ranks.map(([, score]) => format(score)));
  // A number is never cut: names give what it needs.
  const widest = Math.max(SCORE_COLUMNS, ...scores.map(visibleWidth));
  const most = Math.min(SCORE_COLUMNS_MAX, widest);
  const widths = [columns - GAP - most, most] as const;
  const lines = ({ titles, ranks, format, fit = itself }: Ranking, max: number) => [
    rowOf(titles, widths, paint.bold),
    ...ranks.slice(0, Math.max(0, max))
      .map(([member, score]) => rowOf([fit(member, widths[0]), format(score)], widths, itself)),
  ];
  // Two headings and the row between.
  const room = rows - 3;
  const below = Math.min(SECOND_MAX, second.ranks.length, Math.floor(room / 2));
  const upper = lines(first, Math.min(FIRST_MAX, room - below));
  return below < 1 ? upper : [...upper, "", ...lines(second, below)];
}

function rankingsOf(
  { rankings, numbers }: LivePart,
  grouping: LiveGrouping,
  labels: ReadonlyMap<string, string>,
): [Ranking, Ranking] {
  const { tools, models_by_cost, models_by_tokens, projects, sessions } = rankings;
  // A ranking tells its scores alone: what is known of all of them holds for each.
  const cost = (cost_usd: number) => costText({ cost_usd }, numbers);
  const byCost: Ranking = {
    titles: ["model", "cost"],
    ranks: models_by_cost,
    format: cost,
    fit: fitModel,
  };
  const byTokens: Ranking = {
    titles: ["model", "tokens"],
    ranks: models_by_tokens,
    format: formatCount,
    fit: fitModel,
  };
  if (grouping === "models") return [byCost, byTokens];
  if (grouping === "projects") {
    const ranks = projects.map(([hash, score]): Rank => [labels.get(hash) ?? hash, score]);
    return [
      { titles: ["project", "sessions"], ranks, format: formatCount },
      { titles: ["session", "cost"], ranks: sessions, format: cost },
    ];
  }
  const ranks = tools.map(([tool, calls]): Rank => [labels.get(tool) ?? tool, calls]);
  return [
    { titles: ["tool", "calls"], ranks, format: formatCount },
    models_by_cost.length > 0 ? byCost : byTokens,
  ];
}

/** A model's name without its maker, and then its date, where there is no room for them. */
function fitModel(model: string, width: number): string {
  const short = model.replace(/^claude-/, "");
  return [model, short].find((name) => name.length <= width) ?? short.replace(/-\d{8}$/, "");
}

/** Cells of these widths, the first to the left and the others to the right. */
function rowOf(
  cells: readonly string[],
  widths: readonly number[],
  paint: (text: string) => string,
): string {
  const shown = cells.flatMap((cell, i) => {
    const width = widths[i]!;
    if (width === 0) return [];
    const text = fitText(shortened(printable(cell), width), width);
    const room = " ".repeat(width - visibleWidth(text));
    return i === 0 ? paint(text) + room : room + paint(text);
  });
  return shown.join(" ".repeat(GAP));
}

/** Without the smaller part of a duration, where there is no room for it. */
function shortened(text: string, width: number): string {
  return visibleWidth(text) <= width ? text : text.replace(/(\d [dh]) \d+ (?:h|min)/g, "$1");
}

function itself(text: string): string {
  return text;
}
