/** Tests of the examination of the queues of the database. */

import { deepEqual } from "node:assert/strict";
import { checkLeases } from "../../../cli/doctor/leases_check.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { systemClock } from "../../../core/clock.ts";
import { NOON } from "../../helpers/events.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

const MINUTE_MS = 60_000;

Deno.test("checkLeases() warns of what was taken long ago, and of nothing under way", () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine, { clock: { ...systemClock, now: () => NOON } });
  using db = openWriter(":memory:");
  const lease = (first: number, last: number, expiresAt: number, acked = "[]") =>
    db.prepare("insert into stream_leases values (1, 'processors', ?, ?, 1, ?, ?)")
      .run(first, last, expiresAt, acked);
  const found = () =>
    checkLeases(workspace, db).map(({ severity, numbers }) => [severity, numbers]);

  lease(1, 10, NOON + MINUTE_MS);
  lease(11, 20, NOON - MINUTE_MS);
  deepEqual(found(), [["ok", { entries_left: 0, oldest_age_ms: null }]]);
  lease(21, 30, NOON - 30 * MINUTE_MS, "[21, 25]");
  deepEqual(found(), [["warning", { entries_left: 8, oldest_age_ms: 30 * MINUTE_MS }]]);
});
