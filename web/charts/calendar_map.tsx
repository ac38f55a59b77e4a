/**
 * A year of days, a column for each week, by the strength of a colour. A day leads to itself.
 *
 * @module
 */

import { heatClass } from "./scale.ts";
import { monthName } from "./step_name.ts";

/** What the map shows. */
export interface CalendarMapProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** Numbers by day, as `2026-01-31`, null not known; without, nothing happened in it. */
  readonly days: ReadonlyMap<string, number | null>;
  /** The last day. */
  readonly last: string;
  readonly weeks: number;
  /** The day to which the page is narrowed down. */
  readonly current?: string | undefined;
  /** What there was on a day. */
  textOf(day: string): string;
  href(day: string): string;
}

const CELL = 13, SIDE = 11, LEFT = 28, UP = 14;
/** The map. */
export function CalendarMap(props: CalendarMapProps) {
  const { label, days, last, weeks, current, textOf, href } = props;
  const end = dayNumber(last), first = mondayOf(end) - (weeks - 1) * 7;
  const all = Array.from({ length: end - first + 1 }, (_, i) => dayName(first + i));
  const top = topOf(all.map((day) => days.get(day) ?? 0));
  const x = (i: number) => LEFT + Math.floor(i / 7) * CELL;
  const y = (i: number) => UP + (i % 7) * CELL;
  const valueOf = (day: string) => days.has(day) ? days.get(day)! : 0;
  const empty = all.map((day, i) =>
    valueOf(day) === 0 ? `M${x(i)} ${y(i)}h${SIDE}v${SIDE}h-${SIDE}z` : ""
  ).join("");
  return (
    <svg
      class="heat calendar"
      viewBox={`0 0 ${LEFT + weeks * CELL} ${UP + 7 * CELL}`}
      role="group"
      aria-label={label}
      data-roving="a"
    >
      {["Mon", "Wed", "Fri"].map((name, i) => (
        <text x="0" y={UP + i * 2 * CELL} dy="9">{name}</text>
      ))}
      {all.map((day, i) =>
        i % 7 === 0 && Number(day.slice(8)) <= 7
          ? <text x={x(i)} y="0" dy="9">{monthName(Number(day.slice(5, 7)))}</text>
          : null
      )}
      <path class="h0" d={empty} />
      {all.map((day, i) => {
        const value = valueOf(day);
        if (value === 0) return null;
        const isCurrent = day === current ? { "aria-current": "date" as const } : {};
        return (
          <a href={href(day)} {...isCurrent}>
            <title>{`${day}: ${textOf(day)}`}</title>
            <rect class={value === null ? "h0" : heatClass(value, top)} x={x(i)} y={y(i)} />
          </a>
        );
      })}
    </svg>
  );
}

/** One day that stands out far does not make all others look like nothing. */
function topOf(values: readonly number[]): number {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0;
}

/** Days since 1970, by the calendar alone. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** The name of a day by its number: `2026-01-31`. */
export function dayName(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week of a day; the first day of 1970 was a Thursday. */
export function mondayOf(number: number): number {
  return number - (((number + 3) % 7) + 7) % 7;
}
