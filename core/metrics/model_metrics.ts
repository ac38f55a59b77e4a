/**
 * Responses, tokens and what they cost.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const NOT_KEPT = "no assistant in it keeps tokens (see unknown); the groups are tools or modes";

/** The metrics of this theme. */
export const MODEL_METRICS: readonly Metric[] = [
  ...metricsOf({
    unit: "tokens",
    facts: ["tokens"],
    nullWhen: NOT_KEPT,
    inMetrics: "totals.",
    inSessions: "sessions[].",
  }, {
    assistant_messages: [
      "responses",
      "Responses of models",
      "count of API responses, each once over all lines and files",
      { unit: "count", facts: ["responses"], nullWhen: "the groups are tools or extensions" },
    ],
    "tokens.input": [
      "input tokens",
      "Input that was neither read from the cache nor written to it",
      "sum of input tokens of responses",
    ],
    "tokens.output": [
      "output tokens",
      "What models wrote; a lower bound where a response has no stop reason",
      "sum over responses of the greatest output count that a line tells",
    ],
    "tokens.cache_read": [
      "cache reads",
      "Input that was read from the cache",
      "sum of cache-read tokens of responses",
    ],
    "tokens.cache_creation": [
      "cache writes",
      "Input that was written to the cache",
      "sum of cache-creation tokens of responses",
    ],
    thinking_tokens: [
      "thinking tokens",
      "The part of the output that is thinking",
      "sum of thinking tokens of responses",
      { nullWhen: "no client told of any" },
    ],
    web_searches: [
      "web searches",
      "Searches of the web, within a response or beside it",
      "searches in usage of responses + those of tool calls",
      {
        unit: "count",
        facts: ["tokens", "tool_calls"],
        nullWhen: "the groups are tools, extensions or modes",
      },
    ],
    cost_usd: [
      "cost",
      "What the responses cost by list prices, or by your own",
      "sum over responses of tokens × price of their model at that moment, + $0.01 a web search",
      {
        unit: "usd",
        facts: ["tokens", "prices"],
        nullWhen: "no assistant in it keeps tokens (see unknown); no model has a price",
      },
    ],
    cache_saved_usd: [
      "saved by the cache",
      "What all would have cost more without the cache; less than 0 where it did not pay",
      "sum over responses of cost with all input as plain input − cost",
      { unit: "usd", facts: ["tokens", "prices"], nullWhen: `${NOT_KEPT}; no model has a price` },
    ],
    cost_is_lower_bound: [
      "cost is a lower bound",
      "Whether the cost rests on output counts that are lower bounds",
      "true where a response with a price has no stop reason",
      { unit: "flag", nullWhen: "cost_usd is null; the groups are tools, extensions or modes" },
    ],
    cost_coverage: [
      "tokens with a price",
      "The share of the tokens whose model has a price",
      "tokens of models with a price ÷ all tokens",
      { unit: "share", facts: ["tokens", "prices"], nullWhen: "there are no tokens" },
    ],
    "estimated.input": [
      "estimated input tokens",
      "Input tokens by the client's own estimate: in no other number",
      "sum of estimates of responses",
      { facts: ["estimates"], nullWhen: "no client estimates" },
    ],
    "estimated.output": [
      "estimated output tokens",
      "Output tokens by the client's own estimate: in no other number",
      "sum of estimates of responses",
      { facts: ["estimates"], nullWhen: "no client estimates" },
    ],
    "estimated.cost_usd": [
      "estimated cost",
      "Cost by the client's own estimate: in no other number",
      "sum over sessions that began in the period of the greatest estimate",
      { unit: "usd", facts: ["estimates"], nullWhen: "no client estimates a cost" },
    ],
    "unknown.tokens.sessions": [
      "sessions without tokens",
      "Sessions whose tokens their assistant does not keep: they are in no sum of tokens",
      "count of sessions whose responses tell no usage",
      {
        unit: "count",
        nullWhen: "there are none; it is of groups",
        id: () => "sessions_without_tokens",
      },
    ],
    "unknown.cost_usd.sessions": [
      "sessions without cost",
      "Sessions of which no cost is known, as their tokens are not kept",
      "the same sessions as sessions_without_tokens",
      {
        unit: "count",
        nullWhen: "there are none; it is of groups",
        id: () => "sessions_without_cost",
      },
    ],
  }),
  ...metricsOf({
    unit: "tokens",
    facts: ["tokens"],
    nullWhen: "the tokens of none of the model's responses are kept",
    inMetrics: "totals.tokens_by_model.<model>.",
    inSessions: "sessions[].tokens_by_model.<model>.",
    id: (path) => `model_${path}`,
  }, {
    messages: [
      "responses of a model",
      "Responses of one model",
      "count of its responses",
      { unit: "count", facts: ["responses"], nullWhen: null },
    ],
    messages_without_stop_reason: [
      "open responses of a model",
      "Responses whose output count is a lower bound",
      "count of its responses with usage of which no line has a stop reason",
      { unit: "count", facts: ["responses"], nullWhen: null },
    ],
    input: ["input of a model", "As tokens_input, of one model", "as tokens_input"],
    output: ["output of a model", "As tokens_output, of one model", "as tokens_output"],
    cache_read: [
      "cache reads of a model",
      "As tokens_cache_read, of one model",
      "as tokens_cache_read",
    ],
    cache_creation: [
      "cache writes of a model",
      "As tokens_cache_creation, of one model",
      "5m + 1h + unsplit",
    ],
    cache_creation_5m: [
      "cache writes for 5 minutes",
      "Cache writes that are kept for five minutes",
      "sum of tokens told as such",
    ],
    cache_creation_1h: [
      "cache writes for an hour",
      "Cache writes that are kept for an hour",
      "sum of tokens told as such",
    ],
    cache_creation_unsplit: [
      "cache writes of unknown time",
      "Cache writes of which no time is told; priced as for five minutes",
      "cache writes − those with a time",
    ],
    thinking: [
      "thinking of a model",
      "As thinking_tokens, of one model",
      "as thinking_tokens",
      { nullWhen: "no client told of any" },
    ],
    web_searches: [
      "searches of a model",
      "Searches of the web within responses of one model or beside them",
      "as web_searches",
      { unit: "count", nullWhen: null },
    ],
    fast_messages: [
      "fast responses of a model",
      "Responses in fast mode, which costs a multiple",
      "count of its responses whose usage tells fast mode",
      { unit: "count", nullWhen: null },
    ],
    cost_usd: [
      "cost of a model",
      "As cost_usd, of one model",
      "as cost_usd",
      {
        unit: "usd",
        facts: ["tokens", "prices"],
        nullWhen: "the model has no price, or its tokens are not kept",
      },
    ],
    cache_saved_usd: [
      "saved by the cache of a model",
      "As cache_saved_usd, of one model",
      "as cache_saved_usd",
      {
        unit: "usd",
        facts: ["tokens", "prices"],
        nullWhen: "the model has no price, or its tokens are not kept",
      },
    ],
  }),
];
