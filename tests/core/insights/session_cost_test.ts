/** Tests of `core/insights/session_cost.ts`. */

import assert from "node:assert/strict";
import type { SessionTotals } from "../../../core/insight_rule.ts";
import { medianOf, sessionCost } from "../../../core/insights/session_cost.ts";

Deno.test("sessionCost() adds up models, and knows nothing where one has no price", () => {
  const cost = (...micros: (number | null)[]) =>
    sessionCost({
      models: new Map(micros.map((one, i) => [`m${i}`, { messages: 1, micros: one }])),
    } as unknown as SessionTotals);

  assert.deepEqual([cost(5, 7), cost(5, null), cost()], [12, null, 0]);
});

Deno.test("medianOf() is the middle, or between the two in it", () => {
  assert.deepEqual([medianOf([9, 1, 5]), medianOf([4, 1, 2, 9]), medianOf([])], [5, 3, 0]);
});
