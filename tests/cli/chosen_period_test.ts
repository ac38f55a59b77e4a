/** Tests of `cli/chosen_period.ts`. */

import { deepEqual, throws } from "node:assert/strict";
import { chosenPeriod } from "../../cli/chosen_period.ts";
import { UsageError } from "../../cli/exit.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

Deno.test("chosenPeriod() is the rolling one, unless times are named", () => {
  const since = "2026-03-01T10:00Z";
  deepEqual(chosenPeriod({ period: "1h" }, NOW), { from: NOW - 3_600_000, to: NOW + 1 });
  deepEqual(chosenPeriod({ period: "1h", since }, NOW), { from: NOW - 7_200_000, to: NOW + 1 });
});

Deno.test("chosenPeriod() takes a wrong time for a wrong call", () => {
  for (const times of [{ since: "soon" }, { since: "2026-03-02", until: "2026-03-01" }]) {
    throws(() => chosenPeriod({ period: "all", ...times }, NOW), UsageError);
  }
});
