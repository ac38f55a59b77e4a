/**
 * Names of steps of time as people read them.
 *
 * @module
 */

const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

/** The month with this number, from 1 on. */
export function monthName(number: number): string {
  return MONTHS[number - 1] ?? "";
}

/**
 * `26 Nov 14:05`, `26 Nov`, `week 48 of 2026`, `Nov 2026`: a step by the key that reports give it.
 * What is none of them stays as it is.
 */
export function stepName(key: string): string {
  const week = /^(\d{4})-W(\d\d)$/.exec(key);
  if (week) return `week ${Number(week[2])} of ${week[1]}`;
  const [, year, month, day, time] =
    /^(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d(?::\d\d)?))?$/.exec(key) ?? [];
  if (month === undefined) return key;
  if (day === undefined) return `${monthName(Number(month))} ${year}`;
  const date = `${Number(day)} ${monthName(Number(month))}`;
  return time === undefined ? date : `${date} ${time.length === 2 ? `${time}:00` : time}`;
}
