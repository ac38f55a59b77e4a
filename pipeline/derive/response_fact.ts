/**
 * One API response, and how two tellings of it become one. Merging does not care for order and
 * repetition: that is what makes every sum over facts exact, however its events arrived.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import { MODEL_COUNTS } from "../../core/session_counts.ts";
import { type Account, ownAccount, type ToldAccount } from "./response_account.ts";
import {
  compareKnown,
  type CompareWords,
  toldAgent,
  toldCount,
  toldFlag,
  toldText,
} from "./told.ts";

/** Numbers stand for words and sessions; times are milliseconds. */
export interface ResponseFact extends ToldAccount {
  session: number;
  at: number;
  model: number;
  /** 1 for a side chain's copy. */
  side: number;
  /** 1 where a line had a stop reason: only then is `output` final. */
  stopped: number;
  input: number;
  output: number;
  cache_read: number;
  cache_creation: number;
  cache_creation_5m: number;
  cache_creation_1h: number;
  /** Part of `output`. */
  thinking: number;
  web_searches: number;
  /** 1 for the fast mode, which costs more. */
  fast: number;
  /** Millionths of a dollar; null where the model has no price. */
  cost: number | null;
  /** One of KEPT. */
  kept: number;
  /** The sub-agent that it is of, by the hash of its id; null for the session's own. */
  agent: number | null;
  /** 1 where a telling says which calls it made. */
  calls_told: number;
  /** The calls that it is known to have made; counted when all tellings of a batch are merged. */
  calls: number;
  /** What reading from the cache spared, and what writing to it cost more; as `cost`. */
  cache_read_saved: number | null;
  cache_write_extra: number | null;
  /** The key of the request that it answers; null where no line names it. */
  request: number | null;
}

/** Whether the tokens of a response are the client's own; the numbers are stored. */
export const KEPT = { not_kept: 0, exact: 1, estimated: 2 } as const;

/** The columns of `responses` behind its key. */
export const RESPONSE_COLUMNS = [
  "session",
  "at",
  "model",
  "side",
  "stopped",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "cache_creation_5m",
  "cache_creation_1h",
  "thinking",
  "web_searches",
  "fast",
  "cost",
  "kept",
  "agent",
  "calls_told",
  "calls",
  "cache_read_saved",
  "cache_write_extra",
  "agent_type",
  "skill",
  "server",
  "effort",
  "exported",
  "request",
] as const;

/** What one line tells; its price comes when all lines of a batch are merged. */
export function toldResponse(
  event: TelemetryEvent,
  session: number,
  word: (text: string) => number,
): ResponseFact {
  const { request_id: id } = event.payload, request = typeof id === "string" ? id : null;
  return {
    session,
    at: event.timestamp,
    model: word(toldText(event, "model")),
    side: toldFlag(event, "sidechain"),
    stopped: event.payload.stop_reason == null ? 0 : 1,
    input: toldCount(event, "input_tokens"),
    output: toldCount(event, "output_tokens"),
    cache_read: toldCount(event, "cache_read_tokens"),
    cache_creation: toldCount(event, "cache_creation_tokens"),
    cache_creation_5m: toldCount(event, "cache_creation_5m_tokens"),
    cache_creation_1h: toldCount(event, "cache_creation_1h_tokens"),
    thinking: toldCount(event, "thinking_tokens"),
    web_searches: toldCount(event, "web_searches"),
    fast: toldFlag(event, "fast"),
    cost: null,
    kept: KEPT[toldText(event, "tokens", "exact") as keyof typeof KEPT] ?? KEPT.exact,
    agent: toldAgent(event),
    calls_told: typeof event.payload.calls === "number" ? 1 : 0,
    calls: 0,
    cache_read_saved: null,
    cache_write_extra: null,
    agent_type: wordOf(event.payload.agent_type, word),
    skill: wordOf(event.payload.skill, word),
    server: wordOf(event.payload.mcp_server, word),
    effort: wordOf(event.payload.effort, word),
    exported: 0,
    request: request === null ? null : factKey(request),
  };
}

function wordOf(text: unknown, word: (text: string) => number): number | null {
  return typeof text === "string" ? word(text) : null;
}

/**
 * The line with the greatest output counts, whole; the parent's before a side chain's.
 * Time is that of the earliest telling; the owner is the caller's to say. On whose account it
 * goes any line may tell; what an export told is found again when the batch is written.
 */
export function mergeResponses(
  a: ResponseFact,
  b: ResponseFact,
  session: number,
  compareWords: CompareWords,
): ResponseFact {
  const best = (compareUsage(a, b) || compareWords(b.model, a.model)) >= 0 ? a : b;
  const one = ownAccount(a), other = ownAccount(b);
  const first = (name: keyof Account) =>
    compareWords(one[name], other[name]) <= 0 ? one[name] : other[name];
  return {
    ...best,
    session,
    at: Math.min(a.at, b.at),
    stopped: a.stopped | b.stopped,
    calls_told: a.calls_told | b.calls_told,
    calls: 0,
    agent_type: first("agent_type"),
    skill: first("skill"),
    server: first("server"),
    effort: first("effort"),
    exported: 0,
    request: compareKnown(a.request, b.request) <= 0 ? a.request : b.request,
  };
}

/** Writes to the cache whose time to live no line tells: the split can be missing. */
export function unsplitOf(fact: ResponseFact): number {
  return Math.max(0, fact.cache_creation - fact.cache_creation_5m - fact.cache_creation_1h);
}

const NOTHING = Object.fromEntries(MODEL_COUNTS.map((name) => [name, 0])) as Record<
  typeof MODEL_COUNTS[number],
  number
>;

/** What a response adds to the sums of its model: an estimate stands beside what is exact. */
export function modelCounts(fact: ResponseFact): Record<typeof MODEL_COUNTS[number], number> {
  if (fact.kept !== KEPT.exact) {
    const { input, output } = fact;
    const estimate = { estimated_input: input, estimated_output: output };
    return { ...NOTHING, messages: 1, messages_without_tokens: 1, ...estimate };
  }
  return {
    ...NOTHING,
    messages: 1,
    messages_without_stop_reason: 1 - fact.stopped,
    input: fact.input,
    output: fact.output,
    cache_read: fact.cache_read,
    cache_creation: fact.cache_creation,
    cache_creation_5m: fact.cache_creation_5m,
    cache_creation_1h: fact.cache_creation_1h,
    cache_creation_unsplit: unsplitOf(fact),
    thinking: fact.thinking,
    web_searches: fact.web_searches,
    fast_messages: fact.fast,
    priced_tokens: fact.cost === null ? 0 : tokensOf(fact),
    cost_micros: fact.cost ?? 0,
    cache_read_saved_micros: fact.cache_read_saved ?? 0,
    cache_write_extra_micros: fact.cache_write_extra ?? 0,
  };
}

function compareUsage(a: ResponseFact, b: ResponseFact): number {
  return b.side - a.side || a.output - b.output || tokensOf(a) - tokensOf(b) ||
    a.input - b.input || a.cache_read - b.cache_read ||
    a.cache_creation_1h - b.cache_creation_1h || a.cache_creation_5m - b.cache_creation_5m ||
    a.thinking - b.thinking || a.web_searches - b.web_searches || a.fast - b.fast ||
    a.kept - b.kept || compareKnown(b.agent, a.agent);
}

function tokensOf(fact: ResponseFact): number {
  return fact.input + fact.output + fact.cache_read + fact.cache_creation;
}
