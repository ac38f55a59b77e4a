/**
 * When the assistants were used, in the user's own zone: days, streaks, the hour and the weekday
 * with most operations, and whether failures become more.
 *
 * @module
 */

import type { UsageBucket } from "./usage_sums.ts";

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
const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
/** A day with fewer finished calls says nothing. */
const CALLS_A_DAY_MIN = 5;

/** Of the quarters of an hour of a period that ends at `until`. */
export function activeDaysOf(buckets: readonly UsageBucket[], until: number): ActiveDays {
  const days = new Map<number, { ok: number; failed: number }>();
  const hours = new Map<number, number>(), weekdays = new Map<number, number>();
  for (const [at, operations, ok, failed] of buckets) {
    if (operations === 0) continue;
    const local = localTime(at), day = Math.floor(local / DAY_MS);
    const known = days.get(day) ?? { ok: 0, failed: 0 };
    days.set(day, { ok: known.ok + ok, failed: known.failed + failed });
    const hour = Math.floor(local / HOUR_MS) - 24 * day;
    // 1970 began with a Thursday.
    const weekday = ((day + 3) % 7 + 7) % 7 + 1;
    hours.set(hour, (hours.get(hour) ?? 0) + operations);
    weekdays.set(weekday, (weekdays.get(weekday) ?? 0) + operations);
  }
  return {
    active_days: days.size,
    ...streaksOf([...days.keys()], Math.floor(localTime(until) / DAY_MS)),
    peak_hour: peakOf(hours),
    peak_weekday: peakOf(weekdays),
    error_trend: trendOf(days),
  };
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
function peakOf(counts: ReadonlyMap<number, number>): number | null {
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  return first?.[0] ?? null;
}

/** Least squares, each day weighted by its finished calls. */
function trendOf(days: ReadonlyMap<number, { ok: number; failed: number }>): ErrorTrend | null {
  const points = [...days].map(([x, { ok, failed }]) => ({ x, n: ok + failed, failed }))
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
