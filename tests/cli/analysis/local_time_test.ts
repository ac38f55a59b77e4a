/** Tests of moments on the user's clock. */

import { equal } from "node:assert/strict";
import { localDay, localTime } from "../../../cli/analysis/local_time.ts";

const LATE = new Date(2026, 0, 5, 8, 4, 59).getTime();

Deno.test("localDay() writes a day of the user's zone with two digits each", () => {
  equal(localDay(LATE), "2026-01-05");
  equal(localDay(new Date(2026, 10, 25, 0, 0).getTime()), "2026-11-25");
});

Deno.test("localTime() writes hours and minutes, and rounds none up", () => {
  equal(localTime(LATE), "08:04");
});
