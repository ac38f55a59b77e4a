/**
 * What a response cost, and what the cache did to that: both follow from its tokens and model.
 *
 * @module
 */

import type { Prices } from "../../core/prices.ts";
import type { Words } from "../../core/words.ts";
import { KEPT, type ResponseFact, unsplitOf } from "./response_fact.ts";

/** Gives a response the price that holds now; null where tokens or price are not known. */
export function priceResponse(fact: ResponseFact, prices: Prices, words: Words): ResponseFact {
  const usage = {
    model: words.text(fact.model),
    at: fact.at,
    input: fact.input,
    output: fact.output,
    cacheRead: fact.cache_read,
    cacheCreation5m: fact.cache_creation_5m + unsplitOf(fact),
    cacheCreation1h: fact.cache_creation_1h,
    webSearches: fact.web_searches,
    fast: fact.fast === 1,
  };
  fact.cost = fact.kept === KEPT.exact ? prices.costOf(usage) : null;
  const effect = fact.cost === null ? null : prices.cacheEffectOf(usage);
  fact.cache_read_saved = effect?.readSaved ?? null;
  fact.cache_write_extra = effect?.writeExtra ?? null;
  return fact;
}
