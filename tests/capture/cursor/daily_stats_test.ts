/** Tests of `capture/cursor/daily_stats.ts`: lines by day, as Cursor counts them. */

import { deepEqual, equal } from "node:assert/strict";
import { item, project } from "./state_rows.ts";

const stats = {
  date: "2026-07-07",
  tabSuggestedLines: 3,
  tabAcceptedLines: 2,
  composerSuggestedLines: 326,
  composerAcceptedLines: 420,
};

Deno.test("dailyStats() tells a day's lines under any version of the key", () => {
  for (const version of ["1.5", "2.0"]) {
    const [event] = project([item(`aiCodeTracking.dailyStats.v${version}.2026-07-07`, stats)]);

    equal(event!.timestamp, Date.UTC(2026, 6, 7));
    deepEqual(event!.payload, {
      tab_suggested_lines: 3,
      tab_accepted_lines: 2,
      composer_suggested_lines: 326,
      composer_accepted_lines: 420,
    });
  }
});

Deno.test("dailyStats() gives a day that grew another id, and the same day the same", () => {
  const id = (fields: object) =>
    project([item("aiCodeTracking.dailyStats.v1.5.2026-07-07", { ...stats, ...fields })])[0]!
      .eventId;

  equal(id({}), id({}));
  equal(id({}) === id({ tabAcceptedLines: 9 }), false);
});

Deno.test("dailyStats() tells nothing of a day that is none", () => {
  const row = (key: string, date: unknown) =>
    project([item(`aiCodeTracking.dailyStats.v${key}`, { date })]);

  deepEqual([row("1.5.x", "today"), row("1.5.2026-99-99", undefined)], [[], []]);
  equal(row("1.5.2026-07-08", undefined).length, 1);
});
