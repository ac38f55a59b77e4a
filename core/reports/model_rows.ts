/**
 * Tokens and cost of a session by model, as every face shows them.
 *
 * @module
 */

import { costText } from "../cost_text.ts";
import { formatCount } from "../format.ts";
import { toldTokens } from "./told_tokens.ts";
import type { Session } from "./sessions_report.ts";

/** What the columns are called. */
export const MODEL_COLUMNS = [
  "model",
  "responses",
  "input",
  "cache reads",
  "cache writes",
  "output",
  "cost",
] as const;

/** A row for each model, the dearest first: `≥` stands before what may be more. */
export function modelRows({ tokens_by_model }: Pick<Session, "tokens_by_model">): string[][] {
  return Object.entries(tokens_by_model ?? {})
    .sort(([, a], [, b]) => (b.cost_usd ?? 0) - (a.cost_usd ?? 0))
    .map(([name, counts]) => {
      const sign = counts.messages_without_stop_reason > 0 ? "≥" : "";
      const { cost_usd } = counts;
      const { input, output, cache_read, cache_creation } = toldTokens({
        tokens: counts,
        tokens_by_model: { [name]: counts },
      });
      return [
        name,
        formatCount(counts.messages),
        formatCount(input),
        formatCount(cache_read),
        formatCount(cache_creation),
        output === null ? "–" : sign + formatCount(output),
        costText({ cost_usd, cost_is_lower_bound: sign !== "" }),
      ];
    });
}
