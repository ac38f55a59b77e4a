/**
 * Whether a number of output tokens is all of them: apart from what reads the totals, for those
 * who are given them.
 *
 * @module
 */

import { tellsTokens } from "./told_tokens.ts";
import type { Totals } from "./totals.ts";

/** Whether output is a lower bound: some message had no stop reason on any line. */
export function isOutputOpen(
  { tokens_by_model }: Pick<Totals, "tokens_by_model">,
): boolean {
  return Object.values(tokens_by_model ?? {})
    .some((counts) => counts.messages_without_stop_reason > 0 && tellsTokens(counts));
}
