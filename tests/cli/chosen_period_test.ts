/** Tests of `cli/chosen_period.ts`. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { chosenMoment, chosenPeriod, periodTitle } from "../../cli/chosen_period.ts";
import { UsageError } from "../../cli/exit.ts";
import { rollingPeriod } from "../../core/reports/period.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

Deno.test("chosenPeriod() is a rolling one, or what two times say", () => {
  deepEqual(chosenPeriod({ period: "7d" }, NOW), rollingPeriod("7d", NOW));
  deepEqual(chosenPeriod({ period: "7d", since: "2026-02-01T00:00:00Z" }, NOW), {
    from: Date.UTC(2026, 1, 1),
    to: NOW + 1,
  });
});

Deno.test("chosenPeriod() is a usage error, when a time cannot be read", () => {
  throws(() => chosenPeriod({ period: "7d", until: "soon" }, NOW), UsageError);
});

Deno.test("chosenMoment() is a moment, or a usage error", () => {
  equal(chosenMoment("2026-02-01T00:00:00Z"), Date.UTC(2026, 1, 1));
  throws(() => chosenMoment("soon"), UsageError);
});

Deno.test("periodTitle() says it as the user did", () => {
  equal(periodTitle({ period: "24h" }), "last 24h");
  equal(periodTitle({ period: "all" }), "all time");
  equal(
    periodTitle({ period: "24h", since: "2026-02-01", until: "2026-02-03" }),
    "since 2026-02-01 until 2026-02-03",
  );
});
