/** Tests of what tells groups apart. */

import { deepEqual, equal } from "node:assert/strict";
import { groupColumn, isOfTime } from "../../../core/reports/group_column.ts";
import { GROUPINGS } from "../../../core/reports/report_choices.ts";

Deno.test("isOfTime() says which groups are stretches of time", () => {
  const times = ["hour", "hour-of-day", "day", "week", "month", "weekday"];

  deepEqual(GROUPINGS.filter(isOfTime), times);
});

Deno.test("groupColumn() is of sessions, where a session is of one group alone", () => {
  const ofSessions = GROUPINGS.filter((by) => groupColumn(by).startsWith("s."));

  deepEqual(ofSessions, ["project", "platform"]);
  equal(groupColumn("model"), groupColumn("tool"));
});
