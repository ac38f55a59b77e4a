/**
 * Cost, tokens or responses over time, one upon the other by model, project or platform.
 *
 * @module
 */

import { costMark } from "../../../core/cost_text.ts";
import { formatCount, formatMoney } from "../../../core/format.ts";
import {
  fittingStep,
  type TimeSlot,
  timeSlots,
  type TimeStep,
} from "../../../core/reports/over_time.ts";
import {
  readUsageOverTime,
  type Usage,
  type UsageGroup,
  type UsageOverTime,
} from "../../../core/reports/usage_over_time.ts";
import { SERIES_COLOURS, seriesClass } from "../../charts/scale.ts";
import { StackedBars } from "../../charts/stacked_bars.tsx";
import { stepName } from "../../charts/step_name.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Tabs } from "../../parts/tabs.tsx";

const STEPS_MAX = 60;

/** A step of the period, and which kind of step it is. */
export interface Step extends TimeSlot {
  readonly step: TimeStep;
}

/** The steps into which the overview cuts its period; too many begin with what was recorded. */
export function stepsOf({ context: { db }, query }: PageRequest): Step[] {
  const step = fittingStep(db, query, STEPS_MAX);
  const slots = timeSlots(db, query, step).map((slot) => ({ ...slot, step }));
  const empty = slots.filter(({ isRecorded }) => !isRecorded).length;
  return slots.slice(Math.max(0, Math.min(empty, slots.length - STEPS_MAX)));
}

interface MeasureLook {
  readonly title: string;
  readonly metric: "cost_usd" | "tokens" | "assistant_messages";
  format(value: number | null): string;
  /** What stands before a number that may be more than it says. */
  mark(usage: Usage): string;
}

const MEASURES: Readonly<Record<Measure, MeasureLook>> = {
  cost: { title: "Cost", metric: "cost_usd", format: formatMoney, mark: (of) => costMark(of) },
  tokens: {
    title: "Tokens",
    metric: "tokens",
    format: formatCount,
    mark: (of) => of.output_is_lower_bound ? "≥" : "",
  },
  responses: {
    title: "Responses",
    metric: "assistant_messages",
    format: formatCount,
    mark: noMark,
  },
};
const GROUPS: readonly UsageGroup[] = ["model", "project", "platform"];
const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

/** What the address chooses of it. */
export const USAGE_CHOICES = { measure: MEASURE_NAMES, by: GROUPS };

type Measure = "cost" | "tokens" | "responses";

interface Series {
  readonly name: string;
  readonly look: string;
  readonly values: readonly (number | null)[];
  /** The values as they are told. */
  readonly texts: readonly string[];
  readonly sum: string;
}

function noMark(): string {
  return "";
}

/** The section, with links to the other ways to see it. */
export function UsageChart({ request, steps }: { request: PageRequest; steps: readonly Step[] }) {
  const { url } = request;
  const measure = wordOf(url.searchParams.get("measure"), MEASURE_NAMES);
  const by = wordOf(url.searchParams.get("by"), GROUPS);
  const { title } = MEASURES[measure];
  const tabs = <T extends string>(name: string, words: readonly T[], current: T) =>
    words.map((word) => ({
      name: word,
      href: hrefOf(request, { [name]: word }),
      isCurrent: word === current,
    }));
  return (
    <Section
      id="usage"
      title={`${title} over time`}
      aside={
        <div class="asides">
          <Tabs
            label="Measure"
            items={tabs("measure", MEASURE_NAMES, measure)}
          />
          <Tabs label="Stacked by" items={tabs("by", GROUPS, by)} />
        </div>
      }
    >
      <Chart request={request} steps={steps} measure={measure} by={by} />
    </Section>
  );
}

function wordOf<T extends string>(word: string | null, words: readonly T[]): T {
  return words.find((each) => each === word) ?? words[0]!;
}

function Chart(
  { request, steps, measure, by }: {
    request: PageRequest;
    steps: readonly Step[];
    measure: Measure;
    by: UsageGroup;
  },
) {
  const { context: { db }, query } = request;
  const { title, format } = MEASURES[measure];
  const usage = steps[0] ? readUsageOverTime(db, query, steps[0].step, by) : new Map();
  const series = seriesOf(usage, steps, MEASURES[measure], nameOf(by, request));
  if (series.length === 0) return <Empty>Nothing in this period.</Empty>;
  const names = steps.map(({ key }) => stepName(key));
  const label = `${title} from ${names[0]} to ${names.at(-1)}, by ${by}`;
  return (
    <ChartFigure
      caption={`${label}.`}
      legend={series}
      live="series"
      table={{
        caption: label,
        columns: [
          { title: "Time" },
          ...series.map(({ name }) => ({
            title: <span class="breaks">{name}</span>,
            isNumber: true,
          })),
        ],
        rows: steps.map((_, i) => [
          names[i]!,
          ...series.map(({ values, texts }) => <Cell value={values[i]!} text={texts[i]!} />),
        ]),
      }}
    >
      <StackedBars label={label} steps={names} series={series} format={format} />
    </ChartFigure>
  );
}

/** The script reads the numbers of its chart out of the table. */
function Cell({ value, text }: { value: number | null; text: string }) {
  if (!value) return <>{text}</>;
  return <data value={String(Number(value.toPrecision(5)))}>{text}</data>;
}

/** The greatest members by themselves, the others together. */
function seriesOf(
  usage: UsageOverTime,
  steps: readonly Step[],
  { metric, format, mark }: MeasureLook,
  nameOf: (member: string) => string,
): Series[] {
  const sums = new Map<string, number>();
  for (const members of usage.values()) {
    for (const [member, of] of members) {
      sums.set(member, (sums.get(member) ?? 0) + (of[metric] ?? 0));
    }
  }
  const ranked = [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a)
    .map(([member]) => member);
  const shown = ranked.length > SERIES_COLOURS + 1 ? ranked.slice(0, SERIES_COLOURS) : ranked;
  const others = ranked.slice(shown.length);
  const points = (members: readonly string[]) => {
    const at = steps.map(({ key, isRecorded }) => {
      const step = usage.get(key);
      const used = members.flatMap((member) => step?.get(member) ?? []);
      const known = used.map((of) => of[metric]).filter((value) => value !== null);
      const isKnown = used.length === 0 ? step !== undefined || isRecorded : known.length > 0;
      const value = isKnown ? known.reduce((sum, each) => sum + each, 0) : null;
      return { value, sign: used.map(mark).find((sign) => sign !== "") ?? "" };
    });
    const all = at.reduce((sum, { value }) => sum + (value ?? 0), 0);
    return {
      values: at.map(({ value }) => value),
      texts: at.map(({ value, sign }) => (value === null ? "" : sign) + format(value)),
      sum: (at.find(({ sign }) => sign !== "")?.sign ?? "") + format(all),
    };
  };
  const series = shown.map((member, place) => ({
    name: nameOf(member),
    look: seriesClass(place),
    ...points([member]),
  }));
  if (others.length === 0) return series;
  return [...series, { name: `${others.length} others`, look: "s-other", ...points(others) }];
}

function nameOf(by: UsageGroup, { context, query }: PageRequest): (member: string) => string {
  if (by === "platform") return (member) => context.platformName(member);
  if (by !== "project") return (member) => member || "unknown";
  return (member) => query.labels?.get(member) ?? (member.slice(0, 8) || "no project");
}
