/** Tests of `web/charts/step_name.ts`. */

import assert from "node:assert/strict";
import { monthName, stepName } from "../../../web/charts/step_name.ts";

Deno.test("stepName() says each kind of step as people do", () => {
  assert.deepEqual(
    ["2026-11-26T14:05", "2026-11-26T09", "2026-03-01", "2026-W07", "2026-12", "3T09"]
      .map(stepName),
    ["26 Nov 14:05", "26 Nov 09:00", "1 Mar", "week 7 of 2026", "Dec 2026", "3T09"],
  );
});

Deno.test("monthName() counts from one, and knows no thirteenth", () => {
  assert.deepEqual([1, 12, 13].map(monthName), ["Jan", "Dec", ""]);
});
