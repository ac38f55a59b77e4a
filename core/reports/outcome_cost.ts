/**
 * What the cost went to: work that was kept, refused, failed or taken back, and talk.
 *
 * Parts are sums over responses: each response's cost is shared in equal whole parts among the
 * calls that it made, so that all parts with the searches beside them are `cost_usd` exactly.
 *
 * @module
 */

import type { Database } from "../database.ts";
import {
  COST_PARTS,
  type CostPart,
  REJECTED_FATES,
  SHARE_COUNTS,
  WASTED_FATES,
} from "../fates.ts";
import { WEB_SEARCH_MICROS } from "../session_counts.ts";
import { addCounts, type Counts, countsOf, readRows, type Where } from "./sums.ts";

/** What is summed of shares. */
export type Shares = Counts<typeof SHARE_COUNTS[number]>;

/** What is known better elsewhere. */
export interface WholeCost {
  /** Null where nothing has a price. */
  readonly cost_usd: number | null;
  /** Searches of the web that ran beside a response. */
  readonly searches: number;
  readonly areTokensKnown: boolean;
}

/** Cost by outcome under the names of CONTRACT; null where it is not known. */
export interface OutcomeCost {
  /** US dollars; a part without any is left out. */
  readonly cost_by_outcome_usd: Readonly<Record<string, number>> | null;
  readonly cost_rejected_usd: number | null;
  readonly cost_failed_usd: number | null;
  readonly cost_undone_usd: number | null;
  /** Rejected, failed and undone ÷ all whose outcome is known. */
  readonly wasted_cost_share: number | null;
  readonly cost_per_accepted_line_usd: number | null;
  readonly cost_per_kept_line_usd: number | null;
  /** By how many lines those two are divided: lines of edits whose cost is known. */
  readonly priced_lines_accepted: number | null;
  readonly priced_lines_kept: number | null;
  /** Input and output. */
  readonly rejected_tokens: number | null;
  readonly failed_tokens: number | null;
}

/** The column of each part. */
const COLUMNS = Object.fromEntries(
  COST_PARTS.map((part) => [part, `cost_${part}`]),
) as { [Part in CostPart]: `cost_${Part}` };

/** Where no part can be told. */
export const NO_OUTCOME: OutcomeCost = {
  cost_by_outcome_usd: null,
  cost_rejected_usd: null,
  cost_failed_usd: null,
  cost_undone_usd: null,
  wasted_cost_share: null,
  cost_per_accepted_line_usd: null,
  cost_per_kept_line_usd: null,
  priced_lines_accepted: null,
  priced_lines_kept: null,
  rejected_tokens: null,
  failed_tokens: null,
};

/**
 * The shares of all calls and responses that a condition on `kind_sums` lets through, and the
 * searches beside those, by the number of their model.
 */
export function readShares(
  db: Database,
  where: Where,
): { readonly shares: Shares; readonly searches: [model: number, searches: number][] } {
  const rows = readRows(db, "kind_sums", "x.model", [...SHARE_COUNTS, "web_searches"], where);
  return {
    shares: rows.reduce(
      (sum, row) => addCounts(SHARE_COUNTS, sum, countsOf(SHARE_COUNTS, row)),
      noShares(),
    ),
    searches: rows.map((row) => [row[0] ?? 0, row.at(-1) ?? 0]),
  };
}

/** Shares of nothing. */
export function noShares(): Shares {
  return countsOf(SHARE_COUNTS, []);
}

/** Numbers of shares. */
export function outcomeCostOf(shares: Shares | null, whole: WholeCost): OutcomeCost {
  if (!shares) return NO_OUTCOME;
  const micros = (parts: readonly CostPart[]) => sharedMicros(shares, parts);
  // What is not linked may have gone to anything.
  const known = sharedMicros(shares) - shares.cost_unlinked;
  const isKnown = known > 0 || shares.cost_unlinked === 0;
  const usd = (parts: readonly CostPart[]) =>
    whole.cost_usd === null || !isKnown ? null : micros(parts) / 1e6;
  const searches = whole.searches * WEB_SEARCH_MICROS;
  const lines = (count: number) => whole.cost_usd === null || !isKnown ? null : count;
  const kept = shares.lines_accepted + shares.lines_auto;
  const all = known + searches;
  const each = (count: number) => count === 0 || known === 0 ? null : usdOf(all / count);
  const tokens = (count: number) => whole.areTokensKnown && isKnown ? count : null;
  return {
    cost_by_outcome_usd: whole.cost_usd === null ? null : partsOf(shares, searches),
    cost_rejected_usd: usd(REJECTED_FATES),
    cost_failed_usd: usd(["calls_failed"]),
    cost_undone_usd: usd(["edits_undone"]),
    wasted_cost_share: whole.cost_usd === null || !isKnown || all === 0
      ? null
      : Math.round(micros(WASTED_FATES) / all * 1e6) / 1e6,
    cost_per_accepted_line_usd: each(shares.lines_accepted),
    cost_per_kept_line_usd: each(kept),
    priced_lines_accepted: lines(shares.lines_accepted),
    priced_lines_kept: lines(kept),
    rejected_tokens: tokens(shares.tokens_rejected),
    failed_tokens: tokens(shares.tokens_failed),
  };
}

/** Millionths of a dollar that went to some parts, or to all. */
export function sharedMicros(shares: Shares, parts: readonly CostPart[] = COST_PARTS): number {
  return parts.reduce((sum, part) => sum + shares[COLUMNS[part]], 0);
}

function partsOf(shares: Shares, searches: number): Record<string, number> {
  const parts: Record<string, number> = {};
  for (const part of COST_PARTS) {
    const micros = shares[COLUMNS[part]];
    if (micros > 0) parts[part] = micros / 1e6;
  }
  return searches > 0 ? { ...parts, web_searches: searches / 1e6 } : parts;
}

/** Dollars of millionths, to a millionth of those: a line costs little. */
function usdOf(micros: number): number {
  return Math.round(micros * 1e3) / 1e9;
}
