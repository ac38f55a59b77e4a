/**
 * The user's own hours, days and weeks.
 *
 * @module
 */

import type { ChartGroupBy, GroupKey } from "./groups.ts";
import type { Stretch } from "./pieces.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Clocks are not set twice within it. */
const WEEK_MS = 7 * DAY_MS;
const STEPS_MS: Readonly<Partial<Record<ChartGroupBy, number>>> = {
  five_minutes: 5 * MINUTE_MS,
  hour: HOUR_MS,
  "hour-of-day": HOUR_MS,
  hour_of_week: HOUR_MS,
};

/**
 * The moment in which the local hour or day of `x.bucket` began, as SQL: rows are added up by it
 * before they are read, and it has the same {@linkcode localKey}.
 */
export function localStart(by: ChartGroupBy, { from, to }: Omit<Stretch, "tier">): string {
  const step = STEPS_MS[by] ?? DAY_MS;
  const start = (at: number) => {
    const ms = offsetOf(at);
    return `x.bucket - ((x.bucket + ${ms}) % ${step} + ${step}) % ${step}`;
  };
  const changes = clockChanges(from, to);
  if (changes.length === 0) return start(from);
  // Where clocks were set within an hour or day, it begins anew.
  const whens = changes.map((at) => `when x.bucket >= ${at} then max(${at}, ${start(at)})`)
    .reverse();
  return `case ${whens.join(" ")} else ${start(from)} end`;
}

/**
 * The hours of the user's clock in a stretch, the first and the last of them cut by its ends: when
 * each begins. None of a stretch in which clocks are set.
 */
export function hourStarts(from: number, to: number): number[] {
  if (to <= from || clockChanges(from, to).length > 0) return [];
  const ahead = offsetOf(from);
  const starts = [from];
  let at = (Math.floor((from + ahead) / HOUR_MS) + 1) * HOUR_MS - ahead;
  for (; at < to; at += HOUR_MS) starts.push(at);
  return starts;
}

/** The moments within a stretch of time from which on local time differs more or less from UTC. */
function clockChanges(from: number, to: number): number[] {
  const changes: number[] = [];
  for (let at = from; at < to; at += WEEK_MS) {
    let same = at, other = Math.min(at + WEEK_MS, to);
    if (offsetOf(same) === offsetOf(other)) continue;
    while (other - same > MINUTE_MS) {
      const middle = same + Math.floor((other - same) / 2 / MINUTE_MS) * MINUTE_MS ||
        same + MINUTE_MS;
      if (offsetOf(middle) === offsetOf(at)) same = middle;
      else other = middle;
    }
    changes.push(other);
  }
  return changes;
}

/** How much local time is ahead of UTC, in milliseconds. */
function offsetOf(at: number): number {
  return -new Date(at).getTimezoneOffset() * MINUTE_MS;
}

/** Local keys, each made once for all moments of its hour or day: a calendar is slow. */
export function localKeys(by: ChartGroupBy): GroupKey {
  const known = new Map<number, string>(), step = STEPS_MS[by] ?? DAY_MS;
  return (bucket) => {
    const place = Math.floor((bucket + offsetOf(bucket)) / step);
    let key = known.get(place);
    if (key === undefined) known.set(place, key = localKey(bucket, by));
    return key;
  };
}

/** The local stretch of time in which a bucket begins, as an hour, an ISO week or a weekday. */
export function localKey(bucket: number, by: ChartGroupBy): string {
  const at = new Date(bucket);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = (of: Date) => `${of.getFullYear()}-${two(of.getMonth() + 1)}-${two(of.getDate())}`;
  if (by === "hour-of-day") return two(at.getHours());
  if (by === "hour") return `${day(at)}T${two(at.getHours())}`;
  if (by === "five_minutes") {
    return `${day(at)}T${two(at.getHours())}:${two(at.getMinutes() - at.getMinutes() % 5)}`;
  }
  if (by === "day") return day(at);
  if (by === "month") return day(at).slice(0, 7);
  const weekday = (at.getDay() + 6) % 7;
  if (by === "weekday") return String(weekday + 1);
  if (by === "hour_of_week") return `${weekday + 1}T${two(at.getHours())}`;
  const thursday = new Date(at.getFullYear(), at.getMonth(), at.getDate() - weekday + 3);
  const newYear = new Date(thursday.getFullYear(), 0, 1);
  const week = 1 + Math.floor(Math.round((+thursday - +newYear) / 86_400_000) / 7);
  return `${thursday.getFullYear()}-W${two(week)}`;
}
