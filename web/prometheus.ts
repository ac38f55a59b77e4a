/**
 * `GET /metrics`: numbers for Prometheus, in its text format 0.0.4. Projects and sessions are in
 * none of them, and a tool of a server is told by its hash.
 *
 * @module
 */

import { tellsTokens } from "../core/reports/told_tokens.ts";
import { metricOf } from "../core/metrics.ts";
import { countDeadLetters } from "../core/reports/dead_letters_report.ts";
import { type MetricsReport, reportHeadlines } from "../core/reports/metrics_report.ts";
import { rollingPeriod } from "../core/reports/period.ts";
import { readRunning } from "../core/reports/running.ts";
import { readStoredDepth } from "../core/reports/status_report.ts";
import type { Totals } from "../core/reports/totals.ts";
import type { WebContext } from "./web_context.ts";

/** The type of the answer. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

type Labels = Readonly<Record<string, string>>;

/** One family: a name with its samples; what is not known is left out. */
interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly samples: readonly (readonly [Labels, number | null | undefined])[];
}

const QUANTILES = { p50: "0.5", p95: "0.95", p99: "0.99" } as const;
const DAY = "24h";

/** All families as text. */
export function prometheusText(context: WebContext, now: number): string {
  const read = (name: string) =>
    reportHeadlines(context.db, {
      period: rollingPeriod(name, now),
      now,
      coverage: context.coverage(),
    });
  const all = read("all");
  return [
    ...serviceFamilies(context, all, now),
    ...totalFamilies(all),
    ...dayFamilies(read(DAY)),
  ].map(familyText).join("");
}

function serviceFamilies(context: WebContext, all: MetricsReport, now: number): Family[] {
  const { waiting, changes, events } = readStoredDepth(context.db);
  const held = context.exportsHeld?.();
  return [
    gauge("build_info", "The version that runs", [[{ version: context.version }, 1]]),
    gauge("troubled", "Whether something stops the reading or storing", [
      [{}, context.trouble() === undefined ? 0 : 1],
    ]),
    counter("events_stored_total", "Events that are stored", [[{}, events]]),
    gauge("queue_events", "Events that wait in the database to be stored", [[{}, waiting]]),
    gauge("queue_batches", "Stored batches from which nothing is derived yet", [[{}, changes]]),
    gauge("dead_letters", "What could not be handled", [[{}, countDeadLetters(context.db)]]),
    gauge("exports_waiting", "Exported events that wait for the folder of their session", [
      [{}, held?.waiting],
    ]),
    counter("exports_dropped_total", "Exported events that were dropped for their folder", [
      [{ reason: "excluded" }, held?.excluded],
      [{ reason: "unknown" }, held?.unknown],
    ]),
    gauge("files", metricOf("files_total").meaning, [[{}, all.coverage.files_total]]),
    gauge("files_read", metricOf("files_done").meaning, [[{}, all.coverage.files_done]]),
    gauge("sessions_running", "Sessions in which something has just happened", [
      [{}, readRunning(context.db, now).sessions.length],
    ]),
  ];
}

function totalFamilies({ totals }: MetricsReport): Family[] {
  const models = Object.entries(totals.tokens_by_model ?? {});
  const told = models.filter(([, counts]) => tellsTokens(counts));
  const one = (name: string, id: string, value: number | null) =>
    counter(name, metricOf(id).meaning, [[{}, value]]);
  const by = (label: string, counts: object | null) =>
    Object.entries(counts ?? {}).map(([key, count]) => [{ [label]: key }, count] as const);
  const { rate: _, evidence: __, ...edits } = totals.acceptance;
  return [
    one("sessions_total", "sessions", totals.sessions),
    one("prompts_total", "user_prompts", totals.user_prompts),
    one("interruptions_total", "interruptions", totals.interruptions),
    one("active_seconds_total", "active_ms", totals.active_ms && totals.active_ms / 1000),
    counter(
      "responses_total",
      metricOf("assistant_messages").meaning,
      models.map(([model, { messages }]) => [{ model }, messages]),
    ),
    counter(
      "tokens_total",
      "Tokens by model and kind",
      told.flatMap(([model, { input, output, cache_read, cache_creation }]) =>
        by("kind", { input, output, cache_read, cache_creation })
          .map(([labels, count]) => [{ model, ...labels }, count] as const)
      ),
    ),
    counter(
      "cost_usd_total",
      metricOf("cost_usd").meaning,
      costsOf(totals),
    ),
    counter(
      "tool_calls_total",
      metricOf("tool_uses").meaning,
      by("tool", totals.tool_uses_by_name),
    ),
    counter(
      "tool_results_total",
      "Tool calls that ended, by how",
      by("outcome", totals.tool_results_by_kind),
    ),
    counter("edits_total", "Proposed edits, by what became of them", by("verdict", edits)),
    counter("lines_total", "Lines that edits changed", [
      [{ change: "added" }, totals.lines_added],
      [{ change: "removed" }, totals.lines_removed],
    ]),
  ];
}

/** By model; what is of none, as a search whose response is not known, makes up the whole. */
function costsOf({ cost_usd, tokens_by_model }: Totals): Family["samples"] {
  const models = Object.entries(tokens_by_model ?? {});
  const told = models.reduce((sum, [, { cost_usd }]) => sum + (cost_usd ?? 0), 0);
  const rest = Math.round(((cost_usd ?? told) - told) * 1e6) / 1e6;
  return [
    ...models.map(([model, { cost_usd }]) => [{ model }, cost_usd] as const),
    [{ model: "unknown" }, rest || null],
  ];
}

function dayFamilies({ rates, latency }: MetricsReport): Family[] {
  return [
    gauge(
      "day_rate",
      "Shares of the last 24 hours, from 0 to 1",
      Object.entries(rates).map(([rate, told]) => [{ rate }, told?.value]),
    ),
    gauge(
      "day_latency_seconds",
      "Percentiles of the last 24 hours",
      Object.entries(latency).flatMap(([name, told]) =>
        Object.entries(QUANTILES).map(([part, quantile]) => {
          const ms = told?.[part as keyof typeof QUANTILES];
          return [{ measure: name.replace(/_ms$/, ""), quantile }, ms && ms / 1000] as const;
        })
      ),
    ),
  ];
}

function gauge(name: string, help: string, samples: Family["samples"]): Family {
  return { name, type: "gauge", help, samples };
}

function counter(name: string, help: string, samples: Family["samples"]): Family {
  return { name, type: "counter", help, samples };
}

function familyText({ name, type, help, samples }: Family): string {
  const known = samples.filter(([, value]) => value !== null && value !== undefined);
  if (known.length === 0) return "";
  const full = `blueplane_${name}`;
  const lines = known.map(([labels, value]) => `${full}${labelText(labels)} ${value}\n`);
  return `# HELP ${full} ${escaped(help)}\n# TYPE ${full} ${type}\n${lines.join("")}`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return "";
  const told = pairs.map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`);
  return `{${told.join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
