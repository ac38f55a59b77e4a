/**
 * When the assistants were used, in the user's own zone: days, streaks, the hour and the weekday
 * with most operations, and whether failures become more.
 *
 * @module
 */

import { addCounts, type MemberCounts } from "./digest.ts";

/** Days of a period on which something was done. */
export interface ActiveDays {
  readonly active_days: number;
  /** The most days on end. */
  readonly longest_streak_days: number;
  /** Days on end up to the last day of the period, or the day before; 0 where it is broken. */
  readonly current_streak_days: number;
  /** 0 to 23; null where nothing was done. */
  readonly peak_hour: number | null;
  /** 1 is Monday. */
  readonly peak_weekday: number | null;
  /** Null below {@linkcode TREND_DAYS_MIN} days with enough calls. */
  readonly error_trend: ErrorTrend | null;
}

/** How the share of failed calls moves, by a straight line through the days. */
export interface ErrorTrend {
  /** The change of the share in a day; each day weighs as many as its calls. */
  readonly slope_per_day: number;
  readonly days: number;
  /** Finished calls of these days. */
  readonly n: number;
}

/** Fewer days have no direction. */
export const TREND_DAYS_MIN = 3;
const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS, YEAR_MS = 365 * DAY_MS;
/** A day with fewer finished calls says nothing. */
const CALLS_A_DAY_MIN = 5;

/** Calls by day, and operations by hour of the day and by weekday. */
interface Sums {
  readonly days: Map<number, readonly [ok: number, failed: number]>;
  readonly hours: number[];
  /** The first one is Monday. */
  readonly weekdays: number[];
}

/**
 * Of a period that ends at `until`.
 *
 * @param lists operations, calls that went well and that failed, by when an hour or a part begins
 */
export function activeDaysOf(lists: readonly MemberCounts[], until: number): ActiveDays {
  const all = noSums();
  for (const list of lists) addSums(all, keptOrSummed(list));
  const { days, hours, weekdays } = all;
  const weekday = peakOf(weekdays);
  return {
    active_days: days.size,
    ...streaksOf([...days.keys()], Math.floor(localTime(until) / DAY_MS)),
    peak_hour: peakOf(hours),
    peak_weekday: weekday === null ? null : weekday + 1,
    error_trend: trendOf(days),
  };
}

/** A list that a reader keeps is the same one each time. */
const SUMMED = new WeakMap<MemberCounts, { readonly zone: string; readonly sums: Sums }>();

function keptOrSummed(list: MemberCounts): Sums {
  const [first = 0] = list.keys();
  // Lists are kept when the clock of a test is set, too.
  const zone = [first, first + YEAR_MS / 2].map(localTime).join();
  let known = SUMMED.get(list);
  if (known?.zone !== zone) SUMMED.set(list, known = { zone, sums: sumsOf(list) });
  return known.sums;
}

function sumsOf(list: MemberCounts): Sums {
  const sums = noSums();
  for (const [at, [operations = 0, ok = 0, failed = 0]] of list) {
    if (operations === 0) continue;
    const local = localTime(at), day = Math.floor(local / DAY_MS);
    addDay(sums.days, day, [ok, failed]);
    sums.hours[Math.floor(local / HOUR_MS) - 24 * day]! += operations;
    // 1970 began with a Thursday.
    sums.weekdays[((day + 3) % 7 + 7) % 7]! += operations;
  }
  return sums;
}

function noSums(): Sums {
  return {
    days: new Map(),
    hours: Array<number>(24).fill(0),
    weekdays: Array<number>(7).fill(0),
  };
}

function addSums(to: Sums, from: Sums): void {
  for (const [day, calls] of from.days) addDay(to.days, day, calls);
  addCounts(to.hours, from.hours);
  addCounts(to.weekdays, from.weekdays);
}

function addDay(days: Sums["days"], day: number, [ok, failed]: readonly [number, number]): void {
  const [knownOk, knownFailed] = days.get(day) ?? [0, 0];
  days.set(day, [knownOk + ok, knownFailed + failed]);
}

/** Milliseconds since 1970 on the user's clock: the calendar itself is slow. */
function localTime(at: number): number {
  return at - new Date(at).getTimezoneOffset() * 60_000;
}

function streaksOf(days: readonly number[], today: number) {
  let longest = 0, run = 0, before = -Infinity;
  for (const day of days.toSorted((a, b) => a - b)) {
    run = day === before + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = day;
  }
  return {
    longest_streak_days: longest,
    current_streak_days: before >= today - 1 ? run : 0,
  };
}

/** The earliest with the most. */
function peakOf(counts: readonly number[]): number | null {
  const most = Math.max(...counts);
  return most === 0 ? null : counts.indexOf(most);
}

/** Least squares, each day weighted by its finished calls. */
function trendOf(days: Sums["days"]): ErrorTrend | null {
  const points = [...days].map(([x, [ok, failed]]) => ({ x, n: ok + failed, failed }))
    .filter(({ n }) => n >= CALLS_A_DAY_MIN);
  if (points.length < TREND_DAYS_MIN) return null;
  const sum = (of: (point: typeof points[number]) => number) =>
    points.reduce((all, point) => all + of(point), 0);
  const n = sum((point) => point.n);
  const x = sum((point) => point.n * point.x) / n, y = sum(({ failed }) => failed) / n;
  const slope = sum((point) => point.n * (point.x - x) * (point.failed / point.n - y)) /
    sum((point) => point.n * (point.x - x) ** 2);
  return { slope_per_day: Math.round(slope * 1e6) / 1e6, days: points.length, n };
}
