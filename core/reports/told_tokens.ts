/**
 * The tokens of totals as people are shown them. A client may write responses without any usage:
 * counted, their tokens come to 0, but nothing is known of them.
 *
 * @module
 */

import type { ModelTotals, Tokens, Totals } from "./totals.ts";

/** Of none anything is known. */
const NONE: Tokens = { input: null, output: null, cache_read: null, cache_creation: null };

/** Whether responses tell tokens; those that did not end, and have none, told none. */
export function tellsTokens(
  counts: Tokens & Pick<ModelTotals, "messages_without_stop_reason">,
): boolean {
  const { input, output, cache_read, cache_creation } = counts;
  const all = (input ?? 0) + (output ?? 0) + (cache_read ?? 0) + (cache_creation ?? 0);
  return counts.messages_without_stop_reason === 0 || all > 0;
}

/** The tokens; null where there are responses and none of them tells any. */
export function toldTokens(
  { tokens, tokens_by_model }: Pick<Totals, "tokens" | "tokens_by_model">,
): Tokens {
  const models = Object.values(tokens_by_model ?? {});
  return models.length === 0 || models.some(tellsTokens) ? tokens : NONE;
}

/** The same totals, with the tokens as they are shown. */
export function withToldTokens<T extends Pick<Totals, "tokens" | "tokens_by_model">>(
  totals: T,
): T {
  return { ...totals, tokens: toldTokens(totals) };
}
