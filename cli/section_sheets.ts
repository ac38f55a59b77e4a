/**
 * The sections of the report of metrics as tables: a few rows for all, and every number for those
 * who ask.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import {
  changeText,
  formatCount,
  formatCounted,
  formatDuration,
  formatMoney,
  formatNumber,
  formatShare,
} from "../core/format.ts";
import { isSingle, metricOf, METRICS, numberAt } from "../core/metrics.ts";
import type { Attributed } from "../core/reports/attributions.ts";
import type { FullMetricsReport } from "../core/reports/metrics_report.ts";
import type { UsageReport } from "../core/reports/usage_report.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";
import { keyText, type Sheet } from "./group_sheet.ts";

type Listed = typeof METRICS[number];

/** What matters most of the sections, with its change where that is known. */
const SHOWN = [
  "productivity_score",
  "cache_saved_usd",
  "context_requests_largest_share",
  "context_subagents_cost_share",
].map(metricOf);

/** Numbers that name an hour or a day. */
const MOMENTS: Readonly<Record<string, GroupBy>> = {
  "usage.peak_hour": "hour-of-day",
  "usage.peak_weekday": "weekday",
};

const SECTIONS = ["productivity", "context", "usage", "exported"] as const;
const PATHS = { agents: "agent", skills: "skill", servers: "server" } as const;

/** Name, value and change of what matters most; what is not known is left out. */
export function sectionRows(report: FullMetricsReport): string[][] {
  return SHOWN.flatMap((metric) => {
    const value = valueText(report, metric);
    const change = changeText(
      report.change[metric.id],
      (by) => formatNumber(by, metric.unit),
    );
    return value === "–" ? [] : [[metric.title, value, change]];
  });
}

/** A sheet for each section with every number of it, and what it tells by name. */
export function sectionSheets(report: FullMetricsReport): Sheet[] {
  const sheets = SECTIONS.map((section): Sheet => ({
    columns: [{ title: section }, { title: "value", number: true }],
    rows: METRICS.filter(({ foundIn: { metrics: path } }) => path?.startsWith(`${section}.`))
      .map((metric) => [metric.title, valueText(report, metric)])
      .filter(([, value]) => value !== "–"),
    notes: [],
  }));
  const named = { columns: [{ title: "by name" }, { title: "value", number: true }], notes: [] };
  return [...sheets, { ...named, rows: namedRows(report) }].filter(({ rows }) => rows.length > 0);
}

/** A dash for what is not known, and for what stands under a name of its own. */
function valueText(report: FullMetricsReport, { foundIn, parts, unit }: Listed): string {
  const path = foundIn.metrics;
  if (!isSingle(path)) return "–";
  const isRate = parts.includes("value");
  const value = numberAt(report, path, isRate ? "value" : undefined);
  if (typeof value !== "number") return "–";
  const by = MOMENTS[path];
  if (by) return keyText(String(value), by);
  const n = isRate ? ` of ${formatCount(numberAt(report, path, "n") as number)}` : "";
  return formatNumber(value, unit) + n;
}

function namedRows({ productivity, context, usage, exported }: FullMetricsReport): string[][] {
  const components = Object.entries(productivity?.components ?? {}).map((
    [name, { value, weight }],
  ) => [
    `score: ${name.replace("_", " ")}`,
    value === null ? "–" : `${formatShare(value)}, weight ${formatShare(weight)}`,
  ]);
  const accounts = Object.entries(PATHS).flatMap(([path, kind]) =>
    Object.entries(context?.[path as keyof typeof PATHS] ?? {}).map(([name, account]) => [
      `${kind} ${"label" in account ? account.label : name}`,
      accountText(account),
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
): string {
  const texts = [
    ...(responses === null ? [] : [formatCounted(responses, "response")]),
    ...(rest.tool_uses === undefined ? [] : [formatCounted(rest.tool_uses, "call")]),
    ...(tokens === null ? [] : [`${formatCount(tokens)} tokens`]),
    ...(cost_usd === null ? [] : [formatMoney(cost_usd)]),
  ];
  return texts.join(", ");
}
