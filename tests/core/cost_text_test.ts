/** Tests of `core/cost_text.ts`: which costs may be more than they say. */

import { equal } from "node:assert/strict";
import { costMark, costText, isCostOpen } from "../../core/cost_text.ts";

const OPEN = { cost_usd: 9, cost_is_lower_bound: true, cost_coverage: 1 };
const EXACT = { cost_usd: 9, cost_is_lower_bound: false, cost_coverage: 1 };
const PARTLY = { ...EXACT, cost_coverage: 0.25 };

Deno.test("isCostOpen() holds of open output, and of tokens without a price", () => {
  equal(isCostOpen(OPEN), true);
  equal(isCostOpen(PARTLY), true);
  equal(isCostOpen({ cost_usd: 9, cost_is_lower_bound: 1 }), true);
  equal(isCostOpen({ cost_usd: 9, cost_is_lower_bound: 0, cost_coverage: 1 }), false);
  equal(isCostOpen(EXACT), false);
});

Deno.test("isCostOpen() goes by the whole, where a part does not tell", () => {
  const untold = { cost_usd: 1, cost_is_lower_bound: null, cost_coverage: null };
  for (const part of [untold, { cost_usd: 1 }]) {
    equal(isCostOpen(part, OPEN), true);
    equal(isCostOpen(part, PARTLY), true);
    equal(isCostOpen(part, EXACT), false);
    equal(isCostOpen(part), false);
  }
  // A turn tells of its output, and nothing of its prices.
  equal(isCostOpen({ cost_usd: 1, cost_is_lower_bound: false }, PARTLY), true);
  equal(isCostOpen({ cost_usd: 1, cost_is_lower_bound: false }, OPEN), false);
});

Deno.test("isCostOpen() goes by the part, where it tells", () => {
  equal(isCostOpen(EXACT, OPEN), false);
  equal(isCostOpen(EXACT, PARTLY), false);
  // Without any token there is nothing that could have no price.
  equal(
    isCostOpen({ cost_usd: 0, cost_is_lower_bound: false, cost_coverage: null }, PARTLY),
    false,
  );
});

Deno.test("costText() marks what may be more, and has a dash for what is not known", () => {
  equal(costText(OPEN), "≥$9.00");
  equal(costText(EXACT), "$9.00");
  equal(costText({ cost_usd: 2 }, OPEN), "≥$2.00");
  equal(costText({ cost_usd: null, cost_is_lower_bound: null }, OPEN), "–");
  equal(costText({}), "–");
  equal(costMark(PARTLY), "≥");
});
