/** Tests of `pipeline/derive/rewinds.ts`, over a real database. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { Rewinds, type RewoundSpan } from "../../../pipeline/derive/rewinds.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

/** Something typed at a second, behind places. */
function typed(second: number, ...places: readonly string[]): TelemetryEvent {
  const event = makePrompt({ id: `p${second}`, at: NOON + 1000 * second });
  return {
    ...event,
    metadata: { ...event.metadata, line: literal(`line${second}`) },
    payload: { ...event.payload, follows: places.map(literal) },
  };
}

function strayAt(second: number): TelemetryEvent {
  const event = makeResponse({ id: `r${second}`, at: NOON + 1000 * second });
  return { ...event, payload: { ...event.payload, stray: true } };
}

/** The spans of a session in seconds, when these batches were told. */
function spansOf(...batches: readonly (readonly TelemetryEvent[])[]): number[][] {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const rewinds = new Rewinds(parts.db);
  for (const events of batches) {
    for (const event of events) rewinds.tell(7, event);
    rewinds.flush(() => {});
  }
  const rows = parts.db.prepare("select from_at, to_at from rewound_spans order by 1, 2").all();
  return rows.map((row) => Object.values(row).map((at) => (Number(at) - NOON) / 1000));
}

Deno.test("Rewinds.flush() finds what stands between two lines behind one place", () => {
  assert.deepEqual(spansOf([typed(1, "a"), typed(4, "b"), typed(9, "a")]), [[1, 9]]);
});

Deno.test("Rewinds.flush() finds nothing in a thread that only goes on", () => {
  assert.deepEqual(spansOf([typed(1, "begin"), typed(4, "x", "a"), typed(9, "y", "b")]), []);
});

Deno.test("Rewinds.flush() finds a line again by any of the places behind which it stands", () => {
  assert.deepEqual(spansOf([typed(1, "y", "x", "a"), typed(9, "x")]), [[1, 9]]);
});

Deno.test("Rewinds.flush() finds rewinds within a rewind, and several of one place", () => {
  const nested = [typed(1, "a"), typed(2, "b"), typed(3, "b"), typed(9, "a")];
  assert.deepEqual(spansOf(nested), [[1, 9], [2, 3]]);
  assert.deepEqual(spansOf([typed(1, "a"), typed(2, "a"), typed(3, "a")]), [
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
});

Deno.test("Rewinds.flush() takes two lines of one moment as a history written anew", () => {
  const again = typed(1, "a");
  const copy = { ...again, metadata: { ...again.metadata, line: literal("copy") } };

  assert.deepEqual(spansOf([again, copy]), []);
});

Deno.test("Rewinds.flush() takes a line that is told twice at its earliest time", () => {
  const later = { ...typed(1, "a"), timestamp: NOON + 50_000 };

  assert.deepEqual(spansOf([later], [typed(1, "a")], [typed(9, "a")]), [[1, 9]]);
});

Deno.test("Rewinds.flush() takes nothing back, when two clients write at once", () => {
  const events = [typed(1, "a"), typed(5, "a"), strayAt(6)];

  assert.deepEqual(spansOf(events), []);
  assert.deepEqual(spansOf(events.slice(0, 2), events.slice(2)), []);
  // What strays in a later turn says nothing of this one.
  assert.deepEqual(spansOf([typed(1, "a"), typed(5, "a"), typed(7, "b"), strayAt(8)]), [[1, 5]]);
});

Deno.test("Rewinds.flush() tells of the spans that came and went", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const rewinds = new Rewinds(parts.db);
  const told: [number, readonly RewoundSpan[]][] = [];
  for (const event of [typed(1, "a"), typed(5, "a"), typed(5, "a"), strayAt(6)]) {
    rewinds.tell(7, event);
    rewinds.flush((session, spans) => told.push([session, spans]));
  }

  assert.deepEqual(told.map(([session, spans]) => [session, spans.length]), [[7, 1], [7, 1]]);
  assert.deepEqual(told[0]?.[1], told[1]?.[1]);
});
