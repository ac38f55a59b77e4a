/**
 * When tools are called: each tool by the hours of the day.
 *
 * @module
 */

import { formatCount, formatCounted, formatShare } from "../../../core/format.ts";
import { readToolHours, type ToolHour } from "../../../core/reports/tool_hours.ts";
import { HeatMap } from "../../charts/heat_map.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

const TOOLS_SHOWN = 12;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** What the map may show: a count, or a share of the calls. */
const MEASURES = {
  calls: { text: "calls", of: ({ uses }: ToolHour) => uses, format: formatCount },
  failed: {
    text: "calls that failed",
    of: ({ failed, uses }: ToolHour) => failed / uses,
    format: formatShare,
  },
  refused: {
    text: "calls that were refused",
    of: ({ rejected, uses }: ToolHour) => rejected / uses,
    format: formatShare,
  },
} as const;

type Measure = keyof typeof MEASURES;

/** What the address chooses of it. */
export const HOURS_CHOICES = { heat: Object.keys(MEASURES) };

/** The map; `?heat=` chooses the measure. */
export function HoursMap({ request, nameOf }: { request: PageRequest; nameOf: ToolNamer }) {
  const asked = request.url.searchParams.get("heat") ?? "";
  const measure: Measure = Object.hasOwn(MEASURES, asked) ? asked as Measure : "calls";
  const { text, of, format } = MEASURES[measure];
  const hours = readToolHours(request.context.db, request.query);
  const tools = [...hours].slice(0, TOOLS_SHOWN);
  const valueAt = (row: number, column: number) => {
    const hour = tools[row]![1].get(column);
    return hour ? of(hour) : null;
  };
  const label = `Tools by hour of the day: ${measure === "calls" ? text : `share of ${text}`}`;
  const left = hours.size - tools.length;
  return (
    <Section
      id="hours"
      title="When tools are called"
      aside={
        <Tabs
          label="What the map shows"
          items={Object.keys(MEASURES).map((name) => ({
            name,
            href: hrefOf(request, { heat: name === "calls" ? null : name }),
            isCurrent: name === measure,
          }))}
        />
      }
    >
      {tools.length === 0 ? <Empty>No tool calls in this period.</Empty> : (
        <ChartFigure
          caption={`${label}, in this machine's time.` +
            (left > 0 ? ` ${formatCount(left)} more are rarer.` : "")}
          table={{
            caption: label,
            columns: [
              { title: "Hour" },
              ...tools.map(([tool]) => ({
                title: <span class="breaks">{nameOf(tool)}</span>,
                isNumber: true,
              })),
            ],
            rows: HOURS.map((hour, column) => [
              `${hour}:00`,
              ...tools.map((_, row) => {
                const value = valueAt(row, column);
                return value === null ? "–" : format(value);
              }),
            ]),
          }}
        >
          <HeatMap
            label={label}
            rows={tools.map(([tool]) => nameOf(tool).slice(0, 22))}
            columns={HOURS}
            namedEvery={3}
            value={valueAt}
            format={(value) => measure === "calls" ? formatCounted(value, "call") : format(value)}
          />
        </ChartFigure>
      )}
    </Section>
  );
}
