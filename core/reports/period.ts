/**
 * Periods of reports: rolling ones by name, or from and to as the user wrote them.
 *
 * @module
 */

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
  const lengthMs = PERIODS[name];
  if (lengthMs === undefined) {
    throw new RangeError(
      `Cannot read the period: '${name.slice(0, 20)}' is none of ${
        Object.keys(PERIODS).join(", ")
      }`,
    );
  }
  return { from: lengthMs === Infinity ? undefined : now - lengthMs, to: now + 1 };
}

/** The period of the same length before, or undefined where there is none. */
export function periodBefore({ from, to }: Period): Period | undefined {
  return from === undefined ? undefined : { from: from - (to - from), to: from };
}

/**
 * A moment as the user writes it: a date is its local midnight, a time without zone is local.
 *
 * @throws {RangeError} when it is neither
 */
export function parseMoment(text: string): number {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const time = date
    ? new Date(Number(date[1]), Number(date[2]) - 1, Number(date[3])).getTime()
    : /^\d{4}-\d\d-\d\d[T ]/.test(text)
    ? new Date(text).getTime()
    : NaN;
  if (!Number.isNaN(time)) return time;
  throw new RangeError(
    `Cannot read the time: '${text.slice(0, 40)}' is no date (2026-01-31) and no time ` +
      `(2026-01-31T12:00)`,
  );
}
