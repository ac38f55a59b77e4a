/**
 * Shares the cost and the tokens of each response among the calls that it made, so that the parts
 * sum to the whole exactly, whatever came first.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { FactTable } from "./fact_table.ts";
import { KEPT, type ResponseFact } from "./response_fact.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** The facts that hang together. */
export interface SharedFacts {
  readonly responses: FactTable<ResponseFact>;
  readonly toolCalls: FactTable<ToolCallFact>;
}

/** Works on the unfinished batch of both tables. */
export class CostShares {
  readonly #facts: SharedFacts;
  readonly #find: Statement;
  /** Keys of calls in their order, by the key of their response. */
  readonly #calls = new Map<number, number[]>();
  readonly #responses = new Map<number, ResponseFact>();

  constructor(db: Database, facts: SharedFacts) {
    this.#facts = facts;
    this.#find = prepareArrays(db, "select key from tool_calls where response = ?");
  }

  /** Brings together the responses and calls that hang on what the batch touched. */
  gather(): void {
    const { responses, toolCalls } = this.#facts;
    const keys = new Set(responses.touched().keys());
    for (const { before, now } of toolCalls.touched().values()) {
      for (const key of [before?.response, now.response]) if (key != null) keys.add(key);
    }
    for (const key of keys) {
      responses.touch(key);
      for (const [call] of this.#find.all(key) as unknown as [number][]) toolCalls.touch(call);
    }
    for (const [key, { now: { response } }] of toolCalls.touched()) {
      if (response === null) continue;
      const calls = this.#calls.get(response);
      if (calls) calls.push(key);
      else this.#calls.set(response, [key]);
    }
    for (const calls of this.#calls.values()) calls.sort((a, b) => a - b);
  }

  /** Counts the calls of a response whose cost is known. */
  completeResponse(fact: ResponseFact, key: number): ResponseFact {
    fact.calls = this.#calls.get(key)?.length ?? 0;
    this.#responses.set(key, fact);
    return fact;
  }

  /** Gives a call its share, once all responses of the batch are complete. */
  completeCall(fact: ToolCallFact, key: number): ToolCallFact {
    const whole = fact.response === null ? undefined : this.#responses.get(fact.response);
    if (!whole) return fact;
    const calls = this.#calls.get(fact.response!)!;
    const place = calls.indexOf(key);
    fact.model = whole.model;
    fact.share_session = whole.session;
    fact.share_at = whole.at;
    fact.share_micros = whole.cost === null ? null : partOf(whole.cost, calls.length, place);
    fact.share_tokens = whole.kept === KEPT.exact
      ? partOf(whole.input + whole.output, calls.length, place)
      : null;
    return fact;
  }

  /** Forgets the batch. */
  reset(): void {
    this.#calls.clear();
    this.#responses.clear();
  }
}

/** One of equal whole parts: what is left over goes to the first of them. */
export function partOf(whole: number, parts: number, place: number): number {
  const rest = whole % parts;
  return (whole - rest) / parts + (place < rest ? 1 : 0);
}
