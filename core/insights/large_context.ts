/**
 * Responses that carried a large context along, each of which reads all of it again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";

/** Answers get worse and dearer from about there on; work on one task seldom needs more. */
const TOKENS_MAX = 120_000;
/** One task may need it for a while. */
const RESPONSES_MIN = 25;

/** Main thread only; the gain is what was read over the limit, at the price of the cache. */
export const largeContext: SessionKind = {
  name: "context.large_context",
  type: "context",
  counts: "responses",
  amounts: "largest_tokens",
  of: "responses",
  // In millionths of a dollar.
  levels: { medium: 2_000_000, high: 10_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ count, n, amount = 0 }) =>
    `${formatCount(count)} of ${formatCount(n)} responses carried over ` +
    `${formatCount(TOKENS_MAX)} tokens along, up to ${formatCount(amount)}`,
  suggestion: "Clear or compact the context between tasks; let sub-agents do the searching",
  watch({ priceOf }) {
    let n = 0, count = 0, at = 0, untilAt = 0, largest = 0, tokens = 0, micros = 0;
    let isPriced = true;
    return {
      response(response) {
        if (response.side || !response.tokensKept) return;
        n++;
        const context = response.input + response.cacheRead + response.cacheCreation;
        if (context <= TOKENS_MAX) return;
        if (count === 0) at = response.at;
        count++;
        untilAt = response.at;
        largest = Math.max(largest, context);
        tokens += context - TOKENS_MAX;
        const price = priceOf({
          model: response.model,
          at: response.at,
          input: 0,
          output: 0,
          cacheRead: context - TOKENS_MAX,
          cacheCreation5m: 0,
          cacheCreation1h: 0,
          webSearches: 0,
          fast: response.fast,
        });
        if (price === null) isPriced = false;
        else micros += price;
      },
      found() {
        if (count < RESPONSES_MIN) return [];
        const gain = { tokens, ...(isPriced ? { micros } : {}) };
        return [{ at, untilAt, count, n, amount: largest, gain }];
      },
    };
  },
};
