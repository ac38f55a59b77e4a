/**
 * What facts add to the tables of sums, and take away again when they change.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import { CALL_COUNTS } from "../../core/fates.ts";
import { INPUT_COUNTS, MODEL_COUNTS } from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { AttributionSums } from "./attribution_sums.ts";
import { shareCounts, talkCounts } from "./call_counts.ts";
import { CallKinds } from "./call_kinds.ts";
import type { InputFact } from "./input_fact.ts";
import { modelCounts, type ResponseFact } from "./response_fact.ts";
import { shareBuckets, SumTable } from "./sum_table.ts";
import { toolCounts } from "./tool_call_counts.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

const NO_CALL = { tool: null, mode: null, extension: null } as const;
const ONE = { count: 1 } as const;

/** All tables of sums over facts; a sign of -1 takes a fact out of them. */
export class FactSums {
  readonly #db: Database;
  readonly #words: Words;
  readonly #kinds: CallKinds;
  readonly #models: SumTable<typeof MODEL_COUNTS[number]>;
  readonly #calls: SumTable<typeof CALL_COUNTS[number]>;
  readonly #errors: SumTable<typeof INPUT_COUNTS[number]>;
  readonly #inputs: SumTable<typeof INPUT_COUNTS[number]>;
  readonly #attributions: AttributionSums;

  constructor(db: Database, words: Words) {
    this.#db = db;
    this.#words = words;
    this.#kinds = new CallKinds(db);
    this.#models = new SumTable(db, "model_sums", MODEL_COUNTS);
    this.#calls = new SumTable(db, "call_sums", CALL_COUNTS, "kind");
    this.#errors = new SumTable(db, "error_sums", INPUT_COUNTS);
    this.#inputs = new SumTable(db, "input_sums", INPUT_COUNTS);
    this.#attributions = new AttributionSums(db, words);
  }

  /** Adds a response, with what of its cost went to no call. */
  addResponse(fact: ResponseFact, sign: 1 | -1, now: number): void {
    const where = { session: fact.session, at: fact.at, now };
    this.#models.add({ ...where, member: fact.model }, modelCounts(fact), sign);
    this.#attributions.addResponse(fact, sign, now);
    const talk = talkCounts(fact);
    if (!talk) return;
    const member = this.#kinds.number({ ...NO_CALL, model: fact.model });
    this.#calls.add({ ...where, member }, talk, sign);
  }

  /** Adds a call, with its part of what its response cost; nothing while its tool is not told. */
  addCall(fact: ToolCallFact, sign: 1 | -1, now: number): void {
    if (fact.tool === null) return;
    const where = { session: fact.session, at: fact.at, now };
    const member = this.#kinds.number(fact);
    const counts = toolCounts(fact, this.#words);
    const share = shareCounts(fact, counts);
    const isBeside = share === undefined ||
      fact.share_session === fact.session && shareBuckets(fact.share_at!, fact.at);
    this.#calls.add({ ...where, member }, isBeside ? { ...counts, ...share } : counts, sign);
    if (!isBeside) {
      const place = { session: fact.share_session!, at: fact.share_at!, now };
      this.#calls.add({ ...place, member }, share, sign);
    }
    this.#attributions.addCall(fact, sign, now);
    if (fact.error !== null) this.#errors.add({ ...where, member: fact.error }, ONE, sign);
  }

  /** Adds what was typed; one that another line counts adds nothing. */
  addInput(fact: InputFact, sign: 1 | -1, now: number): void {
    if (fact.kind >= 0) this.#inputs.add({ ...fact, member: fact.kind, now }, ONE, sign);
  }

  /** Ends a batch: what it added is written with that of others. @returns the rows to write */
  keep(): number {
    return this.#all().reduce((rows, sums) => rows + sums.keep(), 0);
  }

  /** Writes what was added; the caller holds the transaction. */
  flush(): void {
    for (const sums of this.#all()) sums.flush();
  }

  /** Deletes sums of tiers that do not keep them any longer. */
  expire(now: number): void {
    for (const sums of this.#all()) sums.expire(now);
  }

  /**
   * Forgets an unfinished batch, and what was read of rows that are no more. What batches before
   * it added lasts as long as the transaction that has their facts.
   */
  reset(): void {
    for (const sums of this.#all()) this.#db.isTransaction ? sums.reset() : sums.forget();
    this.#kinds.forget();
  }

  #all(): readonly Omit<SumTable, "add">[] {
    return [this.#models, this.#calls, this.#errors, this.#inputs, this.#attributions.table];
  }
}
