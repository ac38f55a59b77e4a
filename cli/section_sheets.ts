/**
 * The sections of the report of metrics as tables, with every number of them.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import { costText, type ToldCost } from "../core/cost_text.ts";
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatMoney,
  formatShare,
} from "../core/format.ts";
import { METRICS, numberAt } from "../core/metrics.ts";
import type { Attributed } from "../core/reports/attributions.ts";
import type { FullMetricsReport } from "../core/reports/metrics_report.ts";
import type { UsageReport } from "../core/reports/usage_report.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";
import { keyText } from "./group_name.ts";
import type { Sheet } from "./group_sheet.ts";
import { valueText } from "./section_rows.ts";

type Listed = typeof METRICS[number];

/** Numbers that name an hour or a day. */
const MOMENTS: Readonly<Record<string, GroupBy>> = {
  "usage.peak_hour": "hour-of-day",
  "usage.peak_weekday": "weekday",
};

const SECTIONS = ["productivity", "context", "usage", "exported"] as const;
const PATHS = { agents: "agent", skills: "skill", servers: "server" } as const;

/** What the user calls what has no label, by key. */
type Names = ReadonlyMap<string, string>;

/** A sheet for each section with every number of it, and what it tells by name. */
export function sectionSheets(report: FullMetricsReport, names: Names = new Map()): Sheet[] {
  const sheets = SECTIONS.map((section): Sheet => ({
    columns: [{ title: section }, { title: "value", number: true }],
    rows: METRICS.filter(({ foundIn: { metrics: path } }) => path?.startsWith(`${section}.`))
      .map((metric) => [metric.title, shownText(report, metric)])
      .filter(([, value]) => value !== "–"),
    notes: [],
  }));
  const named = {
    columns: [{ title: "by name" }, { title: "value", number: true }],
    notes: [],
    hasLists: true,
  };
  return [...sheets, { ...named, rows: namedRows(report, names) }].filter(({ rows }) =>
    rows.length > 0
  );
}

/** An hour or a day by its name, and a number as everywhere. */
function shownText(report: FullMetricsReport, metric: Listed): string {
  const { metrics: path } = metric.foundIn, by = MOMENTS[path ?? ""];
  const value = by && numberAt(report, path!);
  return by && typeof value === "number" ? keyText(String(value), by) : valueText(report, metric);
}

function namedRows(
  { productivity, context, usage, exported, totals }: FullMetricsReport,
  names: Names,
): string[][] {
  const components = Object.entries(productivity?.components ?? {}).map((
    [name, { value, weight }],
  ) => [
    `score: ${name.replace("_", " ")}`,
    value === null ? "–" : `${formatShare(value)}, weight ${formatShare(weight)}`,
  ]);
  const accounts = Object.entries(PATHS).flatMap(([path, kind]) =>
    Object.entries(context?.[path as keyof typeof PATHS] ?? {}).map(([name, account]) => [
      `${kind} ${"label" in account ? account.label : names.get(name) ?? name}`,
      accountText(account, totals),
    ])
  );
  const counted = (
    kind: string,
    counts: Readonly<Record<string, number>> | null = {},
    nameOf = (key: string) => key,
  ) =>
    Object.entries(counts ?? {})
      .map(([key, count]) => [`${kind} ${nameOf(key)}`, formatCount(count)]);
  const sequences = usage?.tools.sequences ?? [];
  return [
    ...components,
    ...accounts,
    ...Object.entries(context?.spawned ?? {}).map(([name, { calls, ok, mean_ms }]) => [
      `started ${name}`,
      formatCounted(calls, "sub-agent") + (ok === null ? "" : `, ${formatShare(ok.value)} well`) +
      (mean_ms === null ? "" : `, ${formatDuration(mean_ms)} each`),
    ]),
    ...counted("responses of effort", context?.efforts),
    ...counted("sessions of", usage?.platforms, platformName),
    ...counted("sessions begun by", usage?.session_sources),
    ...counted("requests failed:", exported?.failed_by_class),
    ...Object.entries(exported?.side_by_purpose ?? {}).map(([name, { requests, cost_usd }]) => [
      `side requests: ${name}`,
      formatCounted(requests, "request") +
      (cost_usd === null ? "" : `, ${formatMoney(cost_usd)}`),
    ]),
    ...Object.entries(exported?.decisions ?? {}).map(([who, { accepted, rejected }]) => [
      `decided by ${who}`,
      `${formatCount(accepted)} let run, ${formatCount(rejected)} turned down`,
    ]),
    ...counted("unknown exports:", exported?.unknown),
    ...Object.entries(usage?.models.shares ?? {}).map(([name, share]) => [
      `responses of ${name}`,
      formatShare(share),
    ]),
    ...Object.entries(usage?.phases ?? {}).map(([phase, { ms, share, calls }]) => [
      `phase: ${phase}`,
      [
        formatDuration(ms),
        ...share === null ? [] : [formatShare(share)],
        ...phase === "answer" ? [] : [formatCounted(calls, "call")],
      ].join(", "),
    ]),
    ...(usage?.workflows ?? []).map((flow) => [flow.phases.join(" → "), workflowText(flow)]),
    ...sequences.map(({ tools, count }) => [tools.join(", "), formatCount(count)]),
  ];
}

function workflowText(
  { turns, sessions, finished, mean_ms }: UsageReport["workflows"][number],
): string {
  const texts = [
    `${formatCounted(turns, "turn")} of ${formatCounted(sessions, "session")}`,
    ...finished === null ? [] : [`${formatShare(finished.value)} finished`],
    ...mean_ms === null ? [] : [`${formatDuration(mean_ms)} each`],
  ];
  return texts.join(", ");
}

function accountText(
  { responses, tokens, cost_usd, ...rest }: Attributed & { readonly tool_uses?: number },
  whole: ToldCost,
): string {
  const texts = [
    ...(responses === null ? [] : [formatCounted(responses, "response")]),
    ...(rest.tool_uses === undefined ? [] : [formatCounted(rest.tool_uses, "call")]),
    ...(tokens === null ? [] : [`${formatCount(tokens)} tokens`]),
    ...(cost_usd === null ? [] : [costText({ cost_usd }, whole)]),
  ];
  return texts.join(", ");
}
