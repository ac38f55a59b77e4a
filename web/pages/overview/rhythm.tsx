/**
 * When work is done: the days of a year, each of which narrows the page down to itself, and the
 * hours of the week.
 *
 * @module
 */

import { costText } from "../../../core/cost_text.ts";
import { formatCount, formatCounted } from "../../../core/format.ts";
import { localKey } from "../../../core/reports/local_time.ts";
import { readUsageOverTime } from "../../../core/reports/usage_over_time.ts";
import { CalendarMap, dayName, dayNumber, mondayOf } from "../../charts/calendar_map.tsx";
import { HeatMap } from "../../charts/heat_map.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { chosenDay } from "../../parts/filter_bar.tsx";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";

const WEEKS = 53;
const DAY_MS = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** A year of days, by what they cost, or by their responses where nothing has a price. */
export function YearMap({ request }: { request: PageRequest }) {
  const { context: { db }, query, now } = request;
  const period = { from: now - (WEEKS + 1) * 7 * DAY_MS, to: now + 1 };
  const usage = readUsageOverTime(db, { ...query, period }, "day");
  const all = [...usage].map(([day, members]) => [day, members.get("")!] as const);
  const isPriced = all.some(([, { cost_usd }]) => cost_usd);
  const days = new Map(
    all.map(([day, of]) => [day, isPriced ? of.cost_usd : of.assistant_messages]),
  );
  const texts = new Map(
    all.map(([day, of]) => [day, isPriced ? costText(of) : responses(of.assistant_messages)]),
  );
  const textOf = (day: string) => texts.get(day) ?? "";
  const href = (day: string) =>
    hrefOf(request, { since: day, until: dayName(dayNumber(day) + 1) });
  const label = `${isPriced ? "Cost" : "Responses"} by day, of the last ${WEEKS} weeks`;
  return (
    <Section id="year" title={isPriced ? "Cost by day" : "Responses by day"}>
      {days.size === 0 ? <Empty>Nothing in the last year.</Empty> : (
        <ChartFigure
          caption={`${formatCounted(days.size, "active day")} in the last ${WEEKS} weeks. ` +
            "Choose a day to see it alone."}
          table={{
            caption: label,
            columns: [
              { title: "Week from" },
              ...WEEKDAYS.map((title) => ({ title, isNumber: true })),
            ],
            rows: weeksOf(days.keys(), textOf),
            empty: "Nothing in the last year.",
          }}
        >
          <div class="newest-first" role="region" aria-label={label} tabindex={0}>
            <CalendarMap
              label={label}
              days={days}
              last={localKey(now, "day")}
              weeks={WEEKS}
              current={chosenDay(request)}
              textOf={textOf}
              href={href}
            />
          </div>
        </ChartFigure>
      )}
    </Section>
  );
}

/** The weeks in which something was, the latest first, a cell for each day. */
function weeksOf(
  days: Iterable<string>,
  textOf: (day: string) => string,
) {
  const mondays = [...days].map((day) => mondayOf(dayNumber(day)));
  return [...new Set(mondays)].sort((a, b) => b - a).map((monday) => [
    dayName(monday),
    ...WEEKDAYS.map((_, i) => textOf(dayName(monday + i))),
  ]);
}

/** The hours of the week in which the responses of the period were made. */
export function WeekMap({ request }: { request: PageRequest }) {
  const { context: { db }, query } = request;
  const usage = readUsageOverTime(db, query, "hour_of_week");
  const value = (row: number, column: number) =>
    usage.get(`${row + 1}T${HOURS[column]}`)?.get("")?.assistant_messages ?? 0;
  const label = "Responses by hour of the week";
  return (
    <Section id="week" title="Hours of the week">
      {usage.size === 0 ? <Empty>Nothing in this period.</Empty> : (
        <ChartFigure
          caption="Responses by hour, in this machine's time."
          table={{
            caption: label,
            columns: [
              { title: "Hour" },
              ...WEEKDAYS.map((title) => ({ title, isNumber: true })),
            ],
            rows: HOURS.map((hour, column) => [
              `${hour}:00`,
              ...WEEKDAYS.map((_, row) => formatCount(value(row, column))),
            ]),
          }}
        >
          <HeatMap
            label={label}
            rows={WEEKDAYS}
            columns={HOURS}
            namedEvery={3}
            value={value}
            format={responses}
          />
        </ChartFigure>
      )}
    </Section>
  );
}

function responses(count: number | null): string {
  return `${formatCount(count)} response${count === 1 ? "" : "s"}`;
}
