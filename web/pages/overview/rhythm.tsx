/**
 * When work is done: the days of a year, each of which narrows the page down to itself, and the
 * hours of the week.
 *
 * @module
 */

import { formatCount, formatMoney } from "../../../core/format.ts";
import { localKey } from "../../../core/reports/local_time.ts";
import { readUsageOverTime, type Usage } from "../../../core/reports/usage_over_time.ts";
import { CalendarMap, dayName, dayNumber } from "../../charts/calendar_map.tsx";
import { HeatMap } from "../../charts/heat_map.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";

const WEEKS = 53;
const DAY_MS = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** A year of days, by what they cost, or by their responses where nothing has a price. */
export function YearMap({ request }: { request: PageRequest }) {
  const { context: { db }, query, now, url } = request;
  const period = { from: now - (WEEKS + 1) * 7 * DAY_MS, to: now + 1 };
  const usage = readUsageOverTime(db, { ...query, period }, "day");
  const of = ({ cost_usd, assistant_messages }: Usage) => ({ cost_usd, assistant_messages });
  const days = [...usage].map(([day, members]) => ({ day, ...of(members.get("")!) }))
    .sort((a, b) => a.day < b.day ? 1 : -1);
  const isPriced = days.some(({ cost_usd }) => cost_usd);
  const format = isPriced ? formatMoney : responses;
  const values = new Map(
    days.map((each) =>
      [each.day, (isPriced ? each.cost_usd : each.assistant_messages) ?? 0] as const
    ),
  );
  const href = (day: string) =>
    hrefOf(request, { period: null, since: day, until: dayName(dayNumber(day) + 1) });
  const label = `${isPriced ? "Cost" : "Responses"} by day, of the last ${WEEKS} weeks`;
  return (
    <Section id="year" title={isPriced ? "Cost by day" : "Responses by day"}>
      {days.length === 0 ? <Empty>Nothing in the last year.</Empty> : (
        <ChartFigure
          caption={`${formatCount(days.length)} active days in the last ${WEEKS} weeks. ` +
            "A day shows that day alone."}
          table={{
            caption: label,
            columns: [
              { title: "Day" },
              { title: "Cost", isNumber: true },
              { title: "Responses", isNumber: true },
            ],
            rows: days.map(({ day, cost_usd, assistant_messages }) => [
              day,
              formatMoney(cost_usd),
              formatCount(assistant_messages),
            ]),
          }}
        >
          <div class="newest-first" role="region" aria-label={label} tabindex={0}>
            <CalendarMap
              label={label}
              days={values}
              last={localKey(now, "day")}
              weeks={WEEKS}
              current={url.searchParams.get("since") ?? undefined}
              format={format}
              href={href}
            />
          </div>
        </ChartFigure>
      )}
    </Section>
  );
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

function responses(count: number): string {
  return `${formatCount(count)} response${count === 1 ? "" : "s"}`;
}
