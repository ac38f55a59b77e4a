/**
 * How full the context was: of each request of the main thread, and around compactions.
 *
 * @module
 */

import type { UsagePart, UsageParts } from "./usage_part.ts";

/** The share of the context that a request filled is stored in millionths. */
const WHOLE = 1_000_000;

/**
 * Counts requests by how much of their model's context they filled: input, cache reads and cache
 * writes. One larger than the context has another context than the price table knows, and so a
 * share that is not known.
 */
export function watchRequests({ tally, contextOf }: UsageParts): UsagePart {
  const sizes: number[] = [], fills: number[] = [];
  let last: number | null = null, lastFill: number | null = null;
  let model: string | undefined;
  return {
    response(response) {
      const { at, side } = response;
      if (side) return;
      if (model !== undefined && model !== response.model) tally.add(at, "model_switches");
      model = response.model;
      const size = response.input + response.cacheRead + response.cacheCreation;
      if (!response.tokensKept || size === 0) return;
      const limit = contextOf(response.model);
      tally.add(at, "requests");
      tally.peak(at, "largest_request", size);
      sizes.push(size);
      last = size;
      lastFill = limit === null || size > limit ? null : Math.round(size / limit * WHOLE);
      if (lastFill === null) return;
      fills.push(lastFill);
      tally.add(at, "requests_with_limit");
      tally.peak(at, "largest_fill", lastFill);
      if (lastFill > WHOLE / 2) tally.add(at, "requests_over_half");
      if (lastFill > WHOLE * 4 / 5) tally.add(at, "requests_over_four_fifths");
    },
    session: () => ({
      request_last: last,
      request_median: medianOf(sizes),
      request_largest: greatestOf(sizes),
      fill_last: lastFill,
      fill_median: medianOf(fills),
      fill_largest: greatestOf(fills),
    }),
  };
}

/**
 * Counts compactions: what they freed where both sizes are told, the time since the one before,
 * and all operations that come after the first.
 */
export function watchCompactions({ tally }: UsageParts): UsagePart {
  let before: number | undefined;
  const follow = ({ at }: { readonly at: number }) => {
    if (before !== undefined) tally.add(at, "operations_after_compaction");
  };
  return {
    input({ at, type, tokensBefore, tokensAfter }) {
      if (type !== "context_compact") return;
      tally.add(at, "compactions");
      if (tokensBefore !== null && tokensAfter !== null) {
        tally.add(at, "compactions_told");
        tally.add(at, "tokens_freed", Math.max(0, tokensBefore - tokensAfter));
      }
      if (before !== undefined) {
        tally.add(at, "compaction_gaps");
        tally.add(at, "compaction_gap_ms", at - before);
      }
      before = at;
    },
    response: follow,
    call: follow,
  };
}

/** The lower one of two in the middle; null of none. */
function medianOf(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1] ?? null;
}

function greatestOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((most, one) => Math.max(most, one));
}
