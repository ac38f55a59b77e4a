/**
 * The report of acceptance as tables: the headline with its evidence, what the cost went to, and
 * one table a dimension.
 *
 * @module
 */

import { costMark, costText } from "../core/cost_text.ts";
import { formatCount, formatLatency, formatMoney, formatShare } from "../core/format.ts";
import type {
  AcceptanceGroup,
  AcceptanceNumbers,
  AcceptanceReport,
} from "../core/reports/acceptance_report.ts";
import { isOfTime } from "../core/reports/group_column.ts";
import type { LetRunBy } from "../core/reports/let_run_by.ts";
import type { Rate } from "../core/reports/rates.ts";
import type { AcceptanceDimension } from "../core/reports/report_choices.ts";
import { groupName } from "./group_name.ts";
import type { Column } from "./table.ts";

/** One table; its first column is headed by what it is of. */
export interface Sheet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** What is said below it. */
  readonly note?: string;
  /** Whether its rows are a name and a list each. */
  readonly hasLists?: boolean;
}

/** What each part of the cost is to people, in the order in which they are shown. */
export const PARTS: Readonly<Record<string, string>> = {
  edits_accepted: "edits accepted",
  edits_auto: "edits made without a question",
  edits_modified: "edits that you changed",
  edits_rejected: "edits that you refused",
  edits_undone: "edits that you took back",
  edits_unknown: "edits, what became of them unknown",
  calls_ok: "other calls",
  calls_failed: "calls that failed",
  refused_by_person: "other calls that you refused",
  refused_by_rule: "calls that a rule or mode refused",
  refused_by_hook: "calls that a hook refused",
  interrupted: "calls that you broke off",
  cancelled: "calls dropped beside a failed one",
  unfinished: "calls without an end",
  talk: "answers without a call",
  web_searches: "web searches",
  unlinked: "read before calls named their response",
};
const GROUP_COLUMNS: readonly Column[] = [
  { title: "accepted", number: true },
  { title: "95 %", number: true, weight: 6 },
  { title: "edits", number: true, weight: 8 },
  { title: "auto", number: true, weight: 3 },
  { title: "unknown", number: true, weight: 1 },
  { title: "calls", number: true, weight: 4 },
  { title: "refused", number: true, weight: 5 },
  { title: "cost", number: true, weight: 9 },
  { title: "wasted", number: true, weight: 7 },
  { title: "a line", number: true, weight: 2 },
];

/** Who lets calls run, as people call them. */
const LET_RUN_NAMES: Readonly<Record<keyof LetRunBy, string>> = {
  person: "by you",
  rule: "by a rule",
  hook: "by a hook",
  mode: "by a mode",
  rule_or_mode: "by a rule or mode",
};

const UNTOLD = "–: only hooks and exports tell who let calls run, and how long you took";

const VERDICTS = ["rejected", "modified", "undone", "auto", "unknown"] as const;

/** The headline, with its evidence and what stands apart from it. */
export function headlineSheet(report: AcceptanceReport, title: string): Sheet {
  const { totals, decision_ms: decision, let_run_by: letRunBy } = report;
  const { edits, rates, refused_by: by } = totals;
  const evidence = Object.entries(edits.evidence).map(([trace, count]) =>
    `${trace} ${formatCount(count)}`
  );
  const verdicts = VERDICTS.map((verdict) => [verdict, edits[verdict]] as const);
  return {
    hasLists: true,
    columns: [{ title }, { title: "" }],
    rows: [
      ["edits accepted", rateText(rates.acceptance)],
      ["  by evidence", evidence.length === 0 ? "–" : evidence.join(", ")],
      ["  other edits", countsText(verdicts)],
      ["edits kept", rateText(rates.kept)],
      [
        "calls refused",
        countsText([["by you", by.person], ["by a rule or mode", by.rule], [
          "by a hook",
          by.hook,
        ]]),
      ],
      ["calls let run", letRunText(letRunBy)],
      [
        "your decision took",
        decision === null
          ? "–"
          : `${formatLatency(decision.p50)}, p95 ${formatLatency(decision.p95)} (of ${
            formatCount(decision.n)
          })`,
      ],
      ["cost", costText(totals)],
      ["  an accepted line", lineText(totals)],
      ["  wasted", formatShare(totals.wasted_cost_share)],
    ],
    ...decision === null || letRunBy === null ? { note: UNTOLD } : {},
  };
}

/** What the cost went to; undefined where no cost is known. */
export function costSheet({ totals }: AcceptanceReport): Sheet | undefined {
  const { cost_by_outcome_usd: parts, cost_usd: cost } = totals;
  if (parts === null || !cost) return undefined;
  const sign = costMark(totals);
  const rows = Object.entries(PARTS).flatMap(([part, title]) => {
    const usd = parts[part];
    return usd === undefined ? [] : [[title, sign + formatMoney(usd), formatShare(usd / cost)]];
  });
  return {
    columns: [{ title: "cost of" }, { title: "cost", number: true }, {
      title: "share",
      number: true,
    }],
    rows,
  };
}

/**
 * One dimension, at most so many groups of it; their costs are parts of the whole. `names` are
 * what the user calls what has no label, by key.
 */
export function groupSheet(
  by: AcceptanceDimension,
  groups: readonly AcceptanceGroup[],
  { whole, rowsMax, names }: {
    readonly whole: AcceptanceNumbers;
    readonly rowsMax: number;
    readonly names?: ReadonlyMap<string, string> | undefined;
  },
): Sheet {
  return {
    columns: [{ title: by, cuts: true }, ...GROUP_COLUMNS],
    rows: shownGroups(by, groups, rowsMax).map((group) => [
      groupName(group, by, names),
      ...groupCells(group, whole),
    ]),
    ...groups.length > rowsMax
      ? { note: `${rowsMax} of ${groups.length}, the most edits first; --by ${by} shows all` }
      : {},
  };
}

/**
 * So many groups, in the order in which they are shown: those of time keep theirs, of others the
 * ones of which the rate is best known come first.
 */
export function shownGroups(
  by: AcceptanceDimension,
  groups: readonly AcceptanceGroup[],
  rowsMax: number,
): readonly AcceptanceGroup[] {
  return (isOfTime(by) ? groups : groups.toSorted(byDecisions)).slice(0, rowsMax);
}

/** By the edits that a person judged, then by cost; what has neither keeps its order. */
function byDecisions(a: AcceptanceNumbers, b: AcceptanceNumbers): number {
  return (b.rates.acceptance?.n ?? 0) - (a.rates.acceptance?.n ?? 0) ||
    (b.cost_usd ?? -1) - (a.cost_usd ?? -1);
}

function groupCells(numbers: AcceptanceNumbers, whole: AcceptanceNumbers): string[] {
  const { rates, edits, refused_by: by } = numbers;
  return [
    formatShare(rates.acceptance?.value),
    rates.acceptance === null ? "–" : intervalText(rates.acceptance),
    formatCount(rates.acceptance?.n ?? 0),
    formatCount(edits.auto),
    formatCount(edits.unknown),
    formatCount(numbers.tool_uses),
    formatCount(by.person),
    costText(numbers, whole),
    formatShare(numbers.wasted_cost_share),
    costText({ ...numbers, cost_usd: numbers.cost_per_accepted_line_usd }, whole),
  ];
}

function letRunText(by: LetRunBy | null): string {
  if (by === null) return "–";
  const names = Object.entries(LET_RUN_NAMES) as [keyof LetRunBy, string][];
  return countsText(names.map(([who, name]) => [name, by[who]]));
}

function rateText(rate: Rate | null): string {
  if (rate === null) return "–";
  return `${formatShare(rate.value)} of ${formatCount(rate.n)} (95 %: ${intervalText(rate)})`;
}

function intervalText({ low, high }: Rate): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}`;
}

function lineText(totals: AcceptanceNumbers): string {
  const { cost_per_accepted_line_usd: accepted, cost_per_kept_line_usd: kept } = totals;
  if (accepted === null) return "–";
  const textOf = (cost_usd: number | null, lines: number | null) =>
    `${costText({ ...totals, cost_usd })}, of ${formatCount(lines)}`;
  return `${textOf(accepted, totals.priced_lines_accepted)}; kept ${
    textOf(kept, totals.priced_lines_kept)
  }`;
}

/** What there is some of, and of what it is not known. */
function countsText(counts: readonly (readonly [name: string, count: number | null])[]): string {
  const some = counts.filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name} ${formatCount(count)}`);
  return some.length === 0 ? "none" : some.join(", ");
}
