/** Tests of `pipeline/derive/absolute_counts.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { EventRecord, TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

function safe(text: string) {
  return text as SafeText;
}

function state(at: number, payload: EventRecord): TelemetryEvent {
  return makeEvent("session_state", { id: `s${at}`, at }, payload);
}

Deno.test("AbsoluteCounts.tell() keeps the latest and the greatest of a gauge", () => {
  const { session_gauges } = fold([
    state(NOON + 1, { context_tokens: 90_000 }),
    state(NOON + 9, { context_tokens: 20_000, context_limit: 200_000 }),
    state(NOON + 5, { context_tokens: 50_000 }),
  ]);

  assert.deepEqual(
    session_gauges.map(({ name, at, last, greatest }) => [name, at, last, greatest]).sort(),
    [
      ["context_limit", NOON + 9, 200_000, 200_000],
      ["context_tokens", NOON + 9, 20_000, 90_000],
    ],
  );
});

Deno.test("AbsoluteCounts.tell() keeps every mode of a session once", () => {
  const modes = ["agent", "plan", "agent"].map((mode, i) =>
    state(NOON + i, { mode: safe(mode) })
  );

  assert.deepEqual(fold(modes).session_modes.map(({ mode }) => mode), ["agent", "plan"]);
});

Deno.test("AbsoluteCounts.tell() takes a day that is told again for the same day", () => {
  const day = (id: string, at: number, accepted: number) =>
    makeEvent("daily_lines", { id, at }, { composer_accepted_lines: accepted });
  const { daily_lines } = fold([day("a", NOON, 5), day("b", NOON, 9), day("c", NOON + 1, 2)]);

  assert.deepEqual(daily_lines.map((row) => row.composer_accepted_lines).sort(), [2, 9]);
});

Deno.test("AbsoluteCounts.tell() does not care for order and repetition", () => {
  const events = [
    ...[3, 9].flatMap((count) => [
      makeEvent("daily_lines", { id: `d${count}` }, { tab_accepted_lines: count }),
      makeEvent("scored_commit", { id: `c${count}` }, {
        commit: safe("abc"),
        lines_added: count,
      }),
      makeEvent("hunks_reviewed", { id: `h${count}`, at: NOON + count }, {
        review_id: safe("d1"),
        hunks_accepted: count,
        rejected_lines_added: 12 - count,
      }),
      makeEvent("tracked_lines", { id: `t${count}`, at: NOON + count }, {
        source: safe("tab"),
        file_extension: safe("ts"),
        request_id: safe("r1"),
        lines: count,
      }),
      state(NOON + count % 2, { context_tokens: count, reported_lines_added: 12 - count }),
    ]),
  ];
  const expected = fold(events);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
      fc.boolean(),
      (told, apart) => assert.deepEqual(fold(told, apart), expected),
    ),
    fcRuns(40),
  );
  assert.deepEqual(expected.tracked_lines.map(({ lines }) => lines), [9]);
  assert.deepEqual(expected.scored_commits.map((row) => row.lines_added), [9]);
});

Deno.test("AbsoluteCounts.tell() makes no session and no activity of what is counted", () => {
  const { sessions, active_spans } = fold([state(NOON, { context_tokens: 5 })]);

  assert.deepEqual([sessions[0]!.counted, active_spans], [0, []]);
});

function fold(events: readonly TelemetryEvent[], apart = false) {
  using file = tempDatabase();
  using parts = openParts(file.path);
  for (const batch of apart ? events.map((event) => [event]) : [events]) {
    inTransaction(parts.db, () => parts.fold.apply(batch));
  }
  return derivedRows(parts.db);
}
