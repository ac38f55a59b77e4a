/** Tests of `pipeline/derive/limit_table.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { EventValue, TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const END = NOON + 3_600_000;

function seen(at: number, used: number, session = "s1"): TelemetryEvent {
  const limits = [{ name: "five_hour" as SafeText, used_thousandths: used, resets_at: END }];
  return makeEvent("status_seen", { id: `${session}:${at}`, at, session, undated: true }, {
    limits,
    context_tokens: used,
  });
}

function fold(events: readonly TelemetryEvent[]) {
  using file = tempDatabase();
  using parts = openParts(file.path);
  for (const event of events) inTransaction(parts.db, () => parts.fold.apply([event]));
  return derivedRows(parts.db);
}

Deno.test("LimitTable.tell() keeps when each share was first and last seen", () => {
  const { limit_uses } = fold([seen(NOON + 5, 200), seen(NOON, 200, "s2"), seen(NOON + 9, 210)]);

  assert.deepEqual(
    limit_uses.map(({ name, used, first_at, last_at }) => [name, used, first_at, last_at]),
    [["five_hour", 200, NOON, NOON + 5], ["five_hour", 210, NOON + 9, NOON + 9]],
  );
});

Deno.test("LimitTable.tell() does not care for order and repetition", () => {
  const events = [0, 3, 7, 12].flatMap((i) => [
    seen(NOON + i, 200 + i % 2),
    seen(NOON + i, 300 - i, "s2"),
  ]);
  const expected = fold(events);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
      (told) => assert.deepEqual(fold(told), expected),
    ),
    fcRuns(15),
  );
});

Deno.test("LimitTable.tell() takes nothing that is no limit, and fails at nothing", () => {
  const odd: EventValue[] = [
    null,
    { name: "other" as SafeText, used_thousandths: 1 },
    { name: "five_hour" as SafeText, used_thousandths: null },
    { name: "seven_day" as SafeText, used_thousandths: 1e12, resets_at: -5 },
  ];
  const { limit_uses } = fold([makeEvent("status_seen", { id: "a" }, { limits: odd })]);

  assert.deepEqual(limit_uses.map(({ name, used, resets_at }) => [name, used, resets_at]), [
    ["seven_day", 10_000, 0],
  ]);
});

Deno.test("LimitTable.tell() makes no session and no activity of a status", () => {
  const { sessions, active_spans, session_gauges } = fold([seen(NOON, 5)]);

  assert.deepEqual([sessions[0]!.counted, sessions[0]!.started_at, active_spans], [0, null, []]);
  assert.deepEqual(session_gauges.map(({ name, last }) => [name, last]), [["context_tokens", 5]]);
});
