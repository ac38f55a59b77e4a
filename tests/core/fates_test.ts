/** Tests of `core/fates.ts`: its lists fit into one another. */

import assert from "node:assert/strict";
import {
  CALL_COUNTS,
  COST_PARTS,
  FATES,
  REJECTED_FATES,
  SHARE_COUNTS,
  WASTED_FATES,
} from "../../core/fates.ts";

Deno.test("COST_PARTS.map() has a column for each part, each name once", () => {
  for (const part of COST_PARTS) assert.ok(SHARE_COUNTS.includes(`cost_${part}`), part);
  assert.equal(new Set(CALL_COUNTS).size, CALL_COUNTS.length);
});

Deno.test("WASTED_FATES.map() are fates, and hold what a person refused", () => {
  const fates: readonly string[] = FATES, wasted: readonly string[] = WASTED_FATES;

  assert.deepEqual(wasted.filter((fate) => !fates.includes(fate)), []);
  assert.deepEqual(REJECTED_FATES.filter((fate) => !wasted.includes(fate)), []);
});
