/**
 * A cost-state line: the client's own totals of a session, written at its exit, at `/clear`, and
 * again, grown, after every resume. A fork's hold those of the session that it was copied from.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { safeModel, type SafeText } from "../../core/privacy.ts";
import { countOf, type Json, objectOf } from "../json_access.ts";
import type { LineContext } from "./transcript_parser.ts";

const MODELS_MAX = 30;
const MICROS_A_DOLLAR = 1_000_000;
const COUNTS = {
  input_tokens: "inputTokens",
  output_tokens: "outputTokens",
  thinking_tokens: "thinkingTokens",
  cache_read_tokens: "cacheReadInputTokens",
  cache_creation_tokens: "cacheCreationInputTokens",
  web_searches: "webSearchRequests",
} as const;

/** The one event of a line; its id is what the line says, so that a copy is the same event. */
export function parseCostState({ line, privacy, event }: LineContext): TelemetryEvent[] {
  const totals = {
    duration_ms: countOf(line.totalDuration),
    api_duration_ms: countOf(line.totalAPIDuration),
    tool_duration_ms: countOf(line.totalToolDuration),
    started_at: countOf(line.startTime),
    lines_added: countOf(line.totalLinesAdded),
    lines_removed: countOf(line.totalLinesRemoved),
    cost_micros: microsOf(line.totalCostUSD),
    cost_unknown: line.hasUnknownModelCost === true,
    models: modelsOf(objectOf(line.modelUsage)),
  };
  const text = `cost_state ${JSON.stringify([line.sessionId, totals])}`;
  return [event(privacy.hash(text, 32), "cost_state", totals)];
}

/** Usage by model, in the order of their names; what no name may be kept of comes together. */
function modelsOf(usage: Json): EventRecord[] {
  const models = new Map<SafeText, Record<string, number>>();
  for (const [name, value] of Object.entries(usage).slice(0, MODELS_MAX)) {
    const told = objectOf(value);
    // The client marks a model's long context: opus[1m].
    const model = safeModel(name.replace(/\[\w+\]$/, ""));
    const sums = models.get(model) ?? {};
    for (const [count, field] of Object.entries(COUNTS)) {
      sums[count] = (sums[count] ?? 0) + countOf(told[field]);
    }
    sums.cost_micros = (sums.cost_micros ?? 0) + microsOf(told.costUSD);
    models.set(model, sums);
  }
  return [...models].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([model, sums]) => ({ model, ...sums }));
}

/** Whole millionths of a dollar. */
function microsOf(dollars: unknown): number {
  const isNumber = typeof dollars === "number" || typeof dollars === "string";
  return isNumber ? countOf(Math.round(Number(dollars) * MICROS_A_DOLLAR)) : 0;
}
