/** Tests of `cli/chosen_period.ts`. */

import { deepEqual, equal, throws } from "node:assert/strict";
import {
  asUsage,
  chosenMoment,
  chosenPeriod,
  noteBounds,
  periodTitle,
} from "../../cli/chosen_period.ts";
import { UsageError } from "../../cli/exit.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

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

Deno.test("asUsage() takes what is out of range for a usage error, and nothing else", () => {
  equal(asUsage(() => 1), 1);
  for (const [thrown, expected] of [[RangeError, UsageError], [TypeError, TypeError]] as const) {
    throws(() =>
      asUsage(() => {
        throw new thrown("no");
      }), expected);
  }
});

Deno.test("periodTitle() says it as the user did", () => {
  equal(periodTitle({ period: "24h" }), "last 24h");
  equal(periodTitle({ period: "all" }), "all time");
  equal(
    periodTitle({ period: "24h", since: "2026-02-01", until: "2026-02-03" }),
    "since 2026-02-01 until 2026-02-03",
  );
});

Deno.test("noteBounds() says of which time it is, when that is not what was named", () => {
  using machine = tempMachine();
  const at = (minute: number) => new Date(2026, 1, 1, 9, minute).toISOString();
  const noted = (since: number, until: number, quiet?: true) => {
    const io = recordedIo(machine, []), period = { from: at(15), to: at(30) };
    const options = { period: "24h", since: at(since), until: at(until) };
    noteBounds(io, { color: true, sync: true, quiet }, options, period);
    return io.stderr.text;
  };

  equal(
    noted(16, 30),
    "note: no shorter sums are kept of that time: " +
      "this is from 2026-02-01 09:15 to 2026-02-01 09:30\n",
  );
  equal(noted(15, 31), noted(16, 30));
  equal(noted(15, 30) + noted(16, 31, true), "");
});
