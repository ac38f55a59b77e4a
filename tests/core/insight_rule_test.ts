/** Tests of `core/insight_rule.ts`. */

import assert from "node:assert/strict";
import { SEVERITIES } from "../../core/insight_rule.ts";

Deno.test("SEVERITIES() stand in the order in which they are stored", () => {
  assert.deepEqual(SEVERITIES.map((name, i) => [i, name]), [
    [0, "low"],
    [1, "medium"],
    [2, "high"],
  ]);
});
