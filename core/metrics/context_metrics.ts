/**
 * What fills the context, what the cache saves, and on whose account responses go.
 *
 * @module
 */

import { idOf, type Metric, metricsOf, type Theme } from "./metric.ts";

const OF_MODEL = "a model is asked for";
const CONTEXT: Theme = {
  unit: "count",
  facts: ["tokens"],
  nullWhen: OF_MODEL,
  inMetrics: "context.",
  inSessions: null,
  id: (path) => `context_${idOf(path)}`,
};
const PRICED: Theme = { ...CONTEXT, unit: "usd", facts: ["tokens", "prices"] };
const RATE = {
  unit: "share",
  parts: ["value", "n", "low", "high"],
  nullWhen: `no request has a known limit; ${OF_MODEL}`,
} as const;
const NO_LIMIT = { unit: "share", nullWhen: RATE.nullWhen } as const;
const NO_TOKENS = `their tokens are not kept; ${OF_MODEL}`;
const NO_PRICE = `their model has no price, or their tokens are not kept; ${OF_MODEL}`;

/** Of one account: responses, tokens, cost. */
function account(path: string, whose: string, facts: Theme["facts"]): Metric[] {
  const short = path.split(".")[0]!.replace("sub", "sub-");
  return metricsOf({ ...CONTEXT, facts }, {
    [`${path}.responses`]: [
      `${short}: responses`,
      `Responses that the client puts down to ${whose}`,
      "count of responses, each once over all lines and files",
    ],
    [`${path}.tokens`]: [
      `${short}: tokens`,
      `All tokens of responses that the client puts down to ${whose}`,
      "input + output + cache reads + cache writes",
      { unit: "tokens", nullWhen: NO_TOKENS },
    ],
    [`${path}.cost_usd`]: [
      `${short}: cost`,
      `What responses cost that the client puts down to ${whose}`,
      "as cost_usd, without searches beside a response",
      { unit: "usd", facts: [...facts, "prices"], nullWhen: NO_PRICE },
    ],
  });
}

/** The metrics of this theme. */
export const CONTEXT_METRICS: readonly Metric[] = [
  ...metricsOf({ ...PRICED, nullWhen: `no tokens have a price; ${OF_MODEL}` }, {
    "cache.saved_usd": ["cache: saved", "As cache_saved_usd", "reads saved − writes extra"],
    "cache.reads_saved_usd": [
      "cache: saved by reads",
      "What cache reads would have cost more as plain input",
      "sum over responses of cache reads × (price of input − price of a read) at that moment",
    ],
    "cache.writes_extra_usd": [
      "cache: extra for writes",
      "What cache writes cost more than plain input",
      "sum over responses of cache writes × (price of a write − price of input) at that moment",
    ],
  }),
  ...metricsOf(CONTEXT, {
    "requests.count": [
      "requests",
      "Responses of the main thread whose input is known",
      "count of responses outside sub-agents that tell input tokens",
    ],
    "requests.with_limit": [
      "requests with a limit",
      "Requests whose model has a context of known size that holds them",
      "count of requests of at most the largest context of the model in the price table",
      { facts: ["tokens", "prices"] },
    ],
    "requests.largest_tokens": [
      "largest request",
      "The most tokens that a request carried",
      "greatest input + cache reads + cache writes of a request",
      { unit: "tokens", nullWhen: `there is no request; ${OF_MODEL}` },
    ],
    "requests.largest_share": [
      "fullest context",
      "The share of its model's context that the fullest request filled",
      "greatest tokens ÷ limit; a client may compact long before its model's limit",
      NO_LIMIT,
    ],
    "requests.median_tokens": [
      "median request",
      "Tokens of the middle request of a session, of the session in the middle",
      "median over sessions that were going on of the median over their requests",
      { unit: "tokens", nullWhen: `there is no request; ${OF_MODEL}` },
    ],
    "requests.median_share": [
      "median fullness",
      "As the median request, as a share of its model's context",
      "as the median request",
      NO_LIMIT,
    ],
    "requests.last_tokens": [
      "last request",
      "Tokens of the last request of a session, of the session in the middle",
      "median over sessions that were going on of their last request",
      { unit: "tokens", nullWhen: `there is no request; ${OF_MODEL}` },
    ],
    "requests.last_share": [
      "last fullness",
      "As the last request, as a share of its model's context",
      "as the last request",
      NO_LIMIT,
    ],
    "requests.over_half": [
      "requests over half",
      "The share of requests that filled more than half of their model's context",
      "requests with tokens ÷ limit > 0.5 ÷ requests with a limit",
      RATE,
    ],
    "requests.over_four_fifths": [
      "requests over four fifths",
      "The share of requests that filled more than four fifths of their model's context",
      "requests with tokens ÷ limit > 0.8 ÷ requests with a limit",
      RATE,
    ],
  }),
  ...metricsOf({ ...CONTEXT, facts: ["compactions"] }, {
    "compactions.count": ["compactions", "As compactions", "count of compactions"],
    "compactions.told": [
      "compactions with sizes",
      "Compactions of which the client tells how full the context was before and after",
      "count of them",
    ],
    "compactions.tokens_freed": [
      "tokens freed",
      "Tokens that compactions took out of the context",
      "sum of tokens before − tokens after",
      { unit: "tokens", nullWhen: `the client tells the sizes of none; ${OF_MODEL}` },
    ],
    "compactions.per_active_hour": [
      "compactions an hour",
      "Compactions in an hour of active time",
      "compactions ÷ active time",
      { unit: "ratio", nullWhen: `there is no active time; ${OF_MODEL}` },
    ],
    "compactions.minutes_between": [
      "minutes between compactions",
      "Minutes from a compaction to the next of its session",
      "mean over pairs of compactions",
      { unit: "ratio", nullWhen: `no session has two; ${OF_MODEL}` },
    ],
    "compactions.operations_after": [
      "operations after a compaction",
      "Responses and calls that follow the first compaction of their session, for a compaction",
      "operations behind a compaction ÷ compactions",
      { unit: "ratio", nullWhen: `there is none; ${OF_MODEL}` },
    ],
    "compactions.operations_between": [
      "operations for a compaction",
      "All operations, for a compaction",
      "usage_operations ÷ compactions",
      { unit: "ratio", nullWhen: `there is none; ${OF_MODEL}` },
    ],
  }),
  ...account("subagents", "sub-agents", ["subagents", "tokens"]),
  ...metricsOf({ ...CONTEXT, facts: ["subagents", "tokens"], unit: "share" }, {
    "subagents.tool_uses": [
      "sub-agents: calls",
      "Tool calls that sub-agents made",
      "count of tool calls outside the main thread",
      { unit: "count" },
    ],
    "subagents.tokens_share": [
      "sub-agents: share of tokens",
      "The share of all tokens that sub-agents used",
      "their tokens ÷ all tokens",
      { nullWhen: `there are no tokens, or none are kept; ${OF_MODEL}` },
    ],
    "subagents.cost_share": [
      "sub-agents: share of cost",
      "The share of the cost that goes on the account of sub-agents",
      "their cost ÷ cost_usd",
      { nullWhen: `there is no cost, or it is not known; ${OF_MODEL}` },
    ],
    "subagents.tool_uses_share": [
      "sub-agents: share of calls",
      "The share of all tool calls that sub-agents made",
      "their calls ÷ tool_uses",
      { nullWhen: `there is no tool call; ${OF_MODEL}` },
    ],
  }),
  ...metricsOf({ ...CONTEXT, facts: ["subagents", "tool_calls"] }, {
    "spawned.<agent>.calls": [
      "sub-agents: started",
      "Calls that started a sub-agent of a type",
      "count of calls by the type that they name",
    ],
    "spawned.<agent>.ok": [
      "sub-agents: success",
      "The share of such calls that went well, of those that finished",
      "calls that went well ÷ (calls that went well + failed)",
      { ...RATE, nullWhen: `none finished; ${OF_MODEL}` },
    ],
    "spawned.<agent>.mean_ms": [
      "sub-agents: time",
      "How long such a call took from its start to its result",
      "mean over calls with a result; a sub-agent in the background goes on behind it",
      { unit: "ms", nullWhen: `none has a result with a time; ${OF_MODEL}` },
    ],
  }),
  ...account("agents.<agent>", "a type of sub-agent", ["attributions", "tokens"]),
  ...account("skills.<skill>", "a skill", ["attributions", "tokens"]),
  ...account("servers.<server>", "a server of tools", ["attributions", "tokens"]),
  ...metricsOf({ ...CONTEXT, facts: ["tool_calls"] }, {
    "servers.<server>.tool_uses": [
      "servers: calls",
      "Calls of tools of a server",
      "count of calls of its tools, of sub-agents too",
    ],
    "efforts.<effort>": [
      "responses by effort",
      "Responses by how hard the client asked the model to think",
      "count of responses that tell it",
      { facts: ["attributions"] },
    ],
  }),
];
