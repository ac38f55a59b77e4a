/**
 * The table of the groups of a report: a row for each, and what all of them come to.
 *
 * @module
 */

import { costText, type ToldCost } from "../core/cost_text.ts";
import { formatCount, formatShare } from "../core/format.ts";
import type { MetricsGroup } from "../core/reports/groups.ts";
import { isOfTime } from "../core/reports/group_column.ts";
import { liveNumbers } from "../core/reports/live_numbers.ts";
import type { MetricsReport } from "../core/reports/metrics_report.ts";
import { isOutputOpen } from "../core/reports/output_bound.ts";
import { toldTokens } from "../core/reports/told_tokens.ts";
import { PARTS } from "./acceptance_tables.ts";
import { groupName } from "./group_name.ts";
import { headlineNotes } from "./headlines.ts";
import type { Column } from "./table.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";

/** A table, what it is of, and what is said below it. */
export interface Sheet {
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
  readonly notes: readonly string[];
  /** Whether its rows are a name and a list each. */
  readonly hasLists?: boolean;
}

type Numbers = Pick<MetricsGroup, "totals" | "rates">;

/** What a column shows, how much it matters where there is little room, and its number. */
type GroupColumn = readonly [
  title: string,
  weight: number,
  text: (of: Numbers, whole: ToldCost) => string,
];

const COLUMNS: readonly GroupColumn[] = [
  [
    "cost",
    13,
    ({ totals }, whole) => costText(totals, whole),
  ],
  ["sessions", 6, ({ totals }) => formatCount(totals.sessions)],
  ["prompts", 9, ({ totals }) => formatCount(totals.user_prompts)],
  ["responses", 8, ({ totals }) => formatCount(totals.assistant_messages)],
  ["tool calls", 11, ({ totals }) => formatCount(totals.tool_uses)],
  ["failed", 10, ({ rates }) => formatShare(rates.error?.value)],
  ["refused", 5, ({ rates }) => formatShare(rates.rejection?.value)],
  ["accepted", 7, ({ rates }) => formatShare(rates.acceptance?.value)],
  ["lines", 4, ({ totals }) => linesText(totals)],
  ["input", 3, ({ totals }) => formatCount(toldTokens(totals).input)],
  ["cache reads", 2, ({ totals }) => formatCount(toldTokens(totals).cache_read)],
  ["cache writes", 1, ({ totals }) => formatCount(toldTokens(totals).cache_creation)],
  [
    "output",
    12,
    ({ totals }) => (isOutputOpen(totals) ? "≥" : "") + formatCount(toldTokens(totals).output),
  ],
];
const UNKNOWN = "–";
/** Costs are whole millionths; what is less is left over by adding them up. */
const LEAST_USD = 5e-7;

/** Small bars behind the numbers of each group, by its key. */
export type GroupBars = ReadonlyMap<string, string>;

/** The table; `names` are what the user calls what has no label, by key. */
export function groupSheet(
  report: MetricsReport,
  by: GroupBy,
  { period, bars, names }: {
    readonly period: string;
    readonly bars?: GroupBars | undefined;
    readonly names?: ReadonlyMap<string, string> | undefined;
  },
): Sheet {
  const all = report.groups ?? [];
  // Their first number is the cost; what has none keeps its order, behind those that have.
  const groups = isOfTime(by)
    ? all
    : all.toSorted((a, b) => (b.totals.cost_usd ?? -1) - (a.totals.cost_usd ?? -1));
  // What no group tells is said once, and takes no room.
  const [known, unknown] = [
    COLUMNS.filter(([, , text]) =>
      groups.some((group) => text(group, report.totals) !== UNKNOWN)
    ),
    COLUMNS.filter(([, , text]) =>
      groups.every((group) => text(group, report.totals) === UNKNOWN)
    ),
  ];
  const cells = (of: Numbers) => known.map(([, , text]) => text(of, report.totals));
  return {
    caption: `by ${by}, ${period}`,
    columns: [
      { title: by, cuts: true },
      ...known.map(([title, weight]) => ({ title, weight, number: true })),
      ...bars ? [{ title: "activity", weight: 3.5 }] : [],
    ],
    rows: groups.map((group) => [
      groupName(group, by, names),
      ...cells(group),
      ...bars ? [bars.get(group.key) ?? ""] : [],
    ]),
    ...groups.length > 1 ? { total: ["all", ...cells(report), ...bars ? [""] : []] } : {},
    notes: [
      ...groups.length > 0 && unknown.length > 0
        ? [`not known by ${by}: ${unknown.map(([title]) => title).join(", ")}`]
        : [],
      ...missingNotes(report),
      ...headlineNotes(liveNumbers(report)),
    ],
  };
}

/** What of the cost went to what is in no row: responses that made no call, and the like. */
function missingNotes({ totals, groups = [] }: MetricsReport): string[] {
  // Models have all cost of theirs, and hours all of their own.
  if (groups.some((group) => group.totals.cost_is_lower_bound !== null)) return [];
  const missing = Object.entries(totals.cost_by_outcome_usd ?? {}).flatMap(([part, usd]) => {
    const inRows = groups.map((group) => group.totals.cost_by_outcome_usd?.[part] ?? 0);
    const cost_usd = inRows.reduce((rest, some) => rest - some, usd);
    return cost_usd < LEAST_USD
      ? []
      : [`${PARTS[part] ?? part} ${costText({ cost_usd }, totals)}`];
  });
  return missing.length === 0 ? [] : [`in no row: ${missing.join(", ")}`];
}

function linesText({ lines_added, lines_removed }: MetricsGroup["totals"]): string {
  if (lines_added === null) return UNKNOWN;
  return `+${formatCount(lines_added)} −${formatCount(lines_removed)}`;
}
