/** Tests of `pipeline/derive/client_state_table.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { seenState as seen } from "../../helpers/seen_limits.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

function fold(events: readonly TelemetryEvent[]) {
  using file = tempDatabase();
  using parts = openParts(file.path);
  for (const event of events) inTransaction(parts.db, () => parts.fold.apply([event]));
  return derivedRows(parts.db).client_states;
}

Deno.test("ClientStateTable.tell() keeps every moment, and null for what was not shown", () => {
  const rows = fold([seen(NOON + 5, 90, null), seen(NOON, 20, 7), seen(NOON + 9, null, 9)]);

  assert.deepEqual(
    rows!.map(({ at, context_tokens, cost_micros }) => [at, context_tokens, cost_micros]),
    [[NOON, 20, 7], [NOON + 5, 90, null], [NOON + 9, null, 9]],
  );
});

Deno.test("ClientStateTable.tell() makes no row of a status without any of them", () => {
  assert.deepEqual(
    fold([makeEvent("status_seen", { id: "a" }, { reported_lines_added: 3 })]),
    [],
  );
});

Deno.test("ClientStateTable.tell() does not care for order and repetition", () => {
  const events = [0, 3, 7].flatMap((i) => [
    seen(NOON + i, i * 10, null),
    { ...seen(NOON + i, null, i), eventId: seen(NOON, i, i, "x").eventId },
    seen(NOON + i, 9 - i, 5, "s2"),
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
