/**
 * What a client exports of itself and its transcripts do not tell.
 *
 * @module
 */

import { idOf, type Metric, metricsOf, type Theme } from "./metric.ts";

const NOTHING = "the client exported nothing, or a model is asked for";
const THEME: Theme = {
  unit: "count",
  facts: ["exports"],
  nullWhen: NOTHING,
  inMetrics: "exported.",
  inSessions: null,
  id: (path) => {
    const short = path.replace("side_by_purpose", "purpose");
    return `exported_${idOf(short)}`;
  },
};
const RATE = { unit: "share", parts: ["value", "n", "low", "high"] } as const;
const TIMES = { unit: "ms", parts: ["p50", "p95", "p99", "min", "mean", "max", "n"] } as const;

/** The metrics of this theme. */
export const EXPORTED_METRICS: readonly Metric[] = metricsOf(THEME, {
  requests: [
    "requests exported",
    "Requests to the model that the client's exports tell of",
    "count of requests by id; a span counts where a session exports no log records",
  ],
  seen: [
    "responses seen in exports",
    "Of the responses of sessions that export, the share that an export tells of",
    "responses with a request of their id, or of their tokens ÷ responses of these sessions",
    RATE,
  ],
  request_ms: [
    "request time",
    "From sending a request to the end of its answer",
    "percentiles of the durations that the client tells",
    TIMES,
  ],
  first_token_ms: [
    "time to first token",
    "From sending a request to the first of its answer",
    "percentiles of the times that the client tells",
    { ...TIMES, nullWhen: `no version that tells it was used; ${NOTHING}` },
  ],
  retried: [
    "requests tried again",
    "Requests that took several tries: of answered ones spans tell it, of failed ones logs",
    "requests with an attempt above 1 ÷ those that tell one",
    { ...RATE, nullWhen: `no request tells its attempt; ${NOTHING}` },
  ],
  failed: [
    "requests failed",
    "Requests that ended in an error",
    "count of exported errors",
  ],
  "failed_by_class.<class>": [
    "requests failed by class",
    "The same by why",
    "count by class of error",
  ],
  refused: [
    "requests refused",
    "Requests that the model declined",
    "count of exported refusals",
  ],
  "side.requests": [
    "side requests",
    "Requests beside the conversation, as for titles and compactions: in no other count",
    "requests that no transcript holds and that are not the conversation's own",
  ],
  ...tokens("side.", "side requests"),
  "side.cost_usd": [
    "cost of side requests",
    "What they cost as the client counts it: in no other cost",
    "sum of the costs that the client tells",
    { unit: "usd", nullWhen: `the client tells no cost of them; ${NOTHING}` },
  ],
  "side_by_purpose.<purpose>.requests": [
    "side requests by purpose",
    "The same by what the client says they are for",
    "count by purpose",
  ],
  ...tokens("side_by_purpose.<purpose>.", "side requests of a purpose"),
  "side_by_purpose.<purpose>.cost_usd": [
    "cost of side requests by purpose",
    "What those of a purpose cost as the client counts it",
    "sum of the costs that the client tells",
    { unit: "usd", nullWhen: `the client tells no cost of them; ${NOTHING}` },
  ],
  "decisions.<who>.accepted": [
    "calls let run",
    "Calls of tools that a person, a rule or a hook let run, as the client says",
    "count of exported decisions to accept",
  ],
  "decisions.<who>.rejected": [
    "calls turned down",
    "Calls of tools that a person, a rule or a hook turned down",
    "count of exported decisions to reject",
  ],
  "compactions.count": [
    "compactions exported",
    "Compactions of a conversation that the client tells of",
    "count of exported compactions",
  ],
  "compactions.failed": [
    "compactions failed",
    "Those that did not come to their end",
    "count of exported compactions without success",
  ],
  "compactions.ms": [
    "compaction time",
    "How long a compaction took",
    "percentiles of the durations that the client tells",
    TIMES,
  ],
  "alone.sessions": [
    "sessions only exported",
    "Sessions that no transcript and no hook tells of: in no total",
    "sessions with exported requests or points of metrics and nothing else",
  ],
  "alone.requests": [
    "requests of sessions only exported",
    "Requests of sessions that no transcript and no hook tells of",
    "count of log records, else of spans",
    { nullWhen: `only points of metrics tell of them; ${NOTHING}` },
  ],
  ...tokens("alone.", "sessions only exported", "of log records, else spans, else metrics"),
  "alone.cost_usd": [
    "cost of sessions only exported",
    "What they cost as the client counts it: in no other cost",
    "sum of the costs of log records, else of spans, else of points of metrics",
    { unit: "usd", nullWhen: `the client tells no cost of them; ${NOTHING}` },
  ],
  "unknown.<name>": [
    "unknown exports",
    "Records whose name no known version of the client uses",
    "count by name",
  ],
});

function tokens(path: string, of: string, over = "over them"): Parameters<typeof metricsOf>[1] {
  const kinds = {
    input: "input tokens",
    output: "output tokens",
    cache_read: "tokens read from the cache",
    cache_creation: "tokens written to the cache",
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([name, title]) => [
      `${path}tokens.${name}`,
      [`${title} of ${of}`, `The ${title} of ${of}`, `sum ${over}`, {
        unit: "tokens",
      }] as const,
    ]),
  );
}
