/** Tests of the period that the user named. */

import { deepEqual, throws } from "node:assert/strict";
import { chosenPeriod } from "../../cli/chosen_period.ts";
import { UsageError } from "../../cli/exit.ts";

const NOW = Date.UTC(2026, 10, 9, 12);

Deno.test("chosenPeriod() is the rolling one, when no moment is named", () => {
  deepEqual(chosenPeriod({ period: "1h" }, NOW), { from: NOW - 3_600_000, to: NOW + 1 });
});

Deno.test("chosenPeriod() is the one between two moments, when one is named", () => {
  const since = "2026-11-09T10:00:00Z";

  deepEqual(chosenPeriod({ period: "1h", since }, NOW), { from: NOW - 7_200_000, to: NOW + 1 });
});

Deno.test("chosenPeriod() refuses what is no period", () => {
  throws(() => chosenPeriod({ period: "1h", since: "yesterday" }, NOW), UsageError);
});
