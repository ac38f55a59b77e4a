/**
 * Tokens and cost of a session by model, as every face shows them.
 *
 * @module
 */

import { costText } from "../cost_text.ts";
import { formatCount } from "../format.ts";
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
      const { output, cost_usd } = counts;
      return [
        name,
        formatCount(counts.messages),
        formatCount(counts.input),
        formatCount(counts.cache_read),
        formatCount(counts.cache_creation),
        output === null ? "–" : sign + formatCount(output),
        costText({ cost_usd, cost_is_lower_bound: sign !== "" }),
      ];
    });
}
