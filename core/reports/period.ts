/**
 * Periods of reports: rolling ones by name, or from and to as the user wrote them.
 *
 * @module
 */

import { partitionPoint } from "../partition_point.ts";

/** A half-open stretch of time in milliseconds; without `from` it begins with the first event. */
export interface Period {
  readonly from: number | undefined;
  readonly to: number;
}

/** Rolling periods by name, in milliseconds. */
export const PERIODS: Readonly<Record<string, number>> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
  "all": Infinity,
};

/**
 * The period that ends now.
 *
 * @throws {RangeError} for a name that is none of {@linkcode PERIODS}
 */
export function rollingPeriod(name: string, now: number): Period {
  const lengthMs = Object.hasOwn(PERIODS, name) ? PERIODS[name] : undefined;
  if (lengthMs === undefined) {
    throw new RangeError(
      `Cannot read the period: '${name.slice(0, 20)}' is none of ${
        Object.keys(PERIODS).join(", ")
      }`,
    );
  }
  return { from: lengthMs === Infinity ? undefined : now - lengthMs, to: now + 1 };
}

/**
 * The period between two moments as the user wrote them, either of which may be missing.
 *
 * @throws {RangeError} when one is no moment, or the end comes first
 */
export function parsePeriod(
  since: string | undefined,
  until: string | undefined,
  now: number,
): Period {
  const from = since === undefined ? undefined : parseMoment(since);
  const to = until === undefined ? now + 1 : parseMoment(until);
  if (from === undefined || from < to) return { from, to };
  const what = until === undefined ? "begins in the future" : "ends before it begins";
  throw new RangeError(`Cannot read the period: it ${what}`);
}

/** The period of the same length before, or undefined where there is none. */
export function periodBefore({ from, to }: Period): Period | undefined {
  return from === undefined ? undefined : { from: from - (to - from), to: from };
}

/** How many sorted moments lie in a period. */
export function countWithin(sorted: readonly number[], { from = 0, to }: Period): number {
  return partitionPoint(sorted, (at) => at < to) - partitionPoint(sorted, (at) => at < from);
}

/** The condition on sessions `s` that were going on in a period; undated ones are of every. */
export function goingOn({ from, to }: Period): { sql: string; parameters: number[] } {
  const begun = "(s.started_at < ? or s.started_at is null)";
  if (from === undefined) return { sql: begun, parameters: [to] };
  // In a form that an index answers: of many sessions few end late.
  const sql = `${begun} and (s.ended_at >= ? or s.ended_at is null)`;
  return { sql, parameters: [to, from] };
}

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A moment as the user writes it: a date is its local midnight, a time without zone is local.
 *
 * @throws {RangeError} when it is neither
 */
export function parseMoment(text: string): number {
  const time = readMoment(text);
  if (time !== undefined) return time;
  throw new RangeError(
    `Cannot read the time: '${text.slice(0, 40)}' is no date (2026-01-31) and no time ` +
      `(2026-01-31T12:00)`,
  );
}

/** The same; undefined when it is neither, for who must not repeat what was written. */
export function readMoment(text: string): number | undefined {
  const parts = MOMENT.exec(text);
  if (!parts || !isInCalendar(parts.slice(1, 4).map(Number))) return undefined;
  const time = parts[4] === undefined ? localMidnight(parts) : Date.parse(text.replace(" ", "T"));
  return Number.isNaN(time) ? undefined : time;
}

function localMidnight([, year, month, day]: readonly string[]): number {
  return new Date(Number(year), Number(month) - 1, Number(day)).getTime();
}

/** Whether a month has such a day: JavaScript would take February's 31st for March's third. */
function isInCalendar([year, month, day]: readonly number[]): boolean {
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  // It takes a year below 100 for one of the last century.
  return date.getUTCFullYear() === year && date.getUTCMonth() === month! - 1 &&
    date.getUTCDate() === day;
}
