/**
 * Costs as people read them: the one place that decides which may be more than they say.
 *
 * @module
 */

import { formatMoney } from "./format.ts";

/** What of a cost is told beside it, as reports and live pictures have it. */
export interface ToldCost {
  readonly cost_usd?: number | null | undefined;
  /** A number in a live picture; null where it is not known. */
  readonly cost_is_lower_bound?: boolean | number | null | undefined;
  /** Share of the tokens with a price; null without tokens, absent where nothing tells it. */
  readonly cost_coverage?: number | null | undefined;
}

/**
 * Whether a cost may be more than it says: it rests on output that is a lower bound, or some of
 * its tokens have no price. Of what a part does not tell, that of the whole holds.
 */
export function isCostOpen(cost: ToldCost, whole: ToldCost = {}): boolean {
  const { cost_is_lower_bound: bound, cost_coverage: coverage } = cost;
  const isTold = bound !== null && bound !== undefined;
  const share = isTold && coverage !== undefined ? coverage : coverage ?? whole.cost_coverage;
  return Boolean(isTold ? bound : whole.cost_is_lower_bound) || (share ?? 1) < 1;
}

/** `≥` where a cost may be more, also before what is made of it; nothing elsewhere. */
export function costMark(cost: ToldCost, whole?: ToldCost): "≥" | "" {
  return isCostOpen(cost, whole) ? "≥" : "";
}

/** The cost with its mark; not known is a dash. */
export function costText(cost: ToldCost, whole?: ToldCost): string {
  const { cost_usd: usd } = cost;
  return usd === null || usd === undefined ? "–" : costMark(cost, whole) + formatMoney(usd);
}
