/** Tests of the months of which a member's export is. */

import { deepEqual } from "node:assert/strict";
import { wholeMonths } from "../../../cli/exports/whole_months.ts";

const NOW = Date.UTC(2026, 10, 27, 12);

function daysOf(from: string | undefined, to: string | undefined) {
  const end = to === undefined ? NOW + 1 : Date.parse(to);
  const start = from === undefined ? undefined : Date.parse(from);
  return wholeMonths({ from: start, to: end }, "sessions", NOW).days;
}

Deno.test("wholeMonths() begins and ends with a month, but for the one that is not over", () => {
  deepEqual(daysOf(undefined, undefined), { from: null, to: "2026-11-27" });
  deepEqual(daysOf("2026-10-28T12:00Z", undefined), { from: "2026-10-01", to: "2026-11-27" });
  deepEqual(daysOf("2026-09-10T00:00Z", "2026-10-02T00:00Z"), {
    from: "2026-09-01",
    to: "2026-11-01",
  });
  deepEqual(daysOf("2026-09-01T00:00Z", "2026-10-01T00:00Z"), {
    from: "2026-09-01",
    to: "2026-10-01",
  });
});

Deno.test("wholeMonths() takes months of this machine for days of metrics", () => {
  const time = Date.UTC(2026, 8, 15);

  const { period, days } = wholeMonths({ from: time, to: time + 1 }, "metrics", NOW);

  const [from, to] = [new Date(2026, 8, 1), new Date(2026, 9, 1)].map((date) => date.getTime());
  deepEqual(period, { from, to });
  deepEqual(days, { from: "2026-09-01", to: "2026-10-01" });
});

Deno.test("wholeMonths() is of what is to come without an end before its begin", () => {
  const { period } = wholeMonths(
    { from: Date.UTC(2027, 0, 5), to: Date.UTC(2027, 0, 6) },
    "events",
    NOW,
  );

  deepEqual(period, { from: Date.UTC(2027, 0, 1), to: Date.UTC(2027, 0, 1) });
});
