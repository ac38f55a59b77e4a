/**
 * What the responses of a session or period cost, and how sure that is.
 *
 * @module
 */

import { type MODEL_COUNTS, WEB_SEARCH_MICROS } from "../session_counts.ts";
import type { Counts } from "./sums.ts";

/** Cost under the names of CONTRACT. */
export interface Cost {
  /** US dollars of what has a price; null where nothing has. */
  readonly cost_usd: number | null;
  /** Whether an output count that it rests on is a lower bound; null without cost. */
  readonly cost_is_lower_bound: boolean | null;
  /** Share of the tokens whose model has a price; null without tokens. */
  readonly cost_coverage: number | null;
}

/** Of messages whose tokens are not kept nothing is known. */
export const NOT_KNOWN: Cost = {
  cost_usd: null,
  cost_is_lower_bound: null,
  cost_coverage: null,
};

/** What of the counts of a model its cost rests on. */
export const PRICED_COUNTS = [
  "messages",
  "messages_without_tokens",
  "messages_without_stop_reason",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "priced_tokens",
  "cost_micros",
] as const satisfies readonly (typeof MODEL_COUNTS[number])[];

/** Those counts. */
export type PricedCounts = Counts<typeof PRICED_COUNTS[number]>;

/**
 * Adds up the cost of models, and of searches of the web that ran beside a response: the client
 * makes them in calls of their own, of which only their number is told.
 */
export function costOf(
  models: Iterable<PricedCounts>,
  searches: number,
): Cost {
  let micros = 0, tokens = 0, priced = 0, open = false, untold = 0, told = 0;
  for (const counts of models) {
    untold += counts.messages_without_tokens;
    told += counts.messages - counts.messages_without_tokens;
    micros += counts.cost_micros;
    priced += counts.priced_tokens;
    const of = counts.input + counts.output + counts.cache_read + counts.cache_creation;
    tokens += of;
    // Of a model without a price nothing is in the sum that could be too little.
    const isPriced = counts.priced_tokens > 0 || of === 0;
    open ||= isPriced && counts.messages_without_stop_reason > 0;
  }
  if (untold > 0 && told === 0 && searches === 0) return NOT_KNOWN;
  // Of responses that did not end, and told of no token, nothing is known either.
  if (open && tokens === 0 && searches === 0) return NOT_KNOWN;
  if (tokens > 0 && priced === 0) {
    return { cost_usd: null, cost_is_lower_bound: null, cost_coverage: 0 };
  }
  return {
    cost_usd: (micros + searches * WEB_SEARCH_MICROS) / 1e6,
    cost_is_lower_bound: open,
    cost_coverage: tokens > 0 ? Math.round(priced / tokens * 1e6) / 1e6 : null,
  };
}
