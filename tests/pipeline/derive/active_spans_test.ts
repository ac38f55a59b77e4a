/** Tests of `pipeline/derive/active_spans.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { Words } from "../../../core/words.ts";
import { PAUSE_MAX_MS } from "../../../core/session_counts.ts";
import { ActiveSpans, joinSpans } from "../../../pipeline/derive/active_spans.ts";
import { NOON } from "../../helpers/events.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const MINUTE_MS = 60_000;

Deno.test("ActiveSpans.flush() joins moments over a short pause and no other", () => {
  using db = openSession();

  note(db, [[NOON, NOON + 4 * MINUTE_MS], [NOON + 20 * MINUTE_MS]]);

  assert.deepEqual(read(db), [
    [NOON, NOON + 4 * MINUTE_MS],
    [NOON + 20 * MINUTE_MS, NOON + 20 * MINUTE_MS],
  ]);
});

Deno.test("ActiveSpans.flush() makes one stretch of two that a late moment joins", () => {
  using db = openSession();

  note(db, [[NOON, NOON + 8 * MINUTE_MS], [NOON + 4 * MINUTE_MS]]);

  assert.deepEqual(read(db), [[NOON, NOON + 8 * MINUTE_MS]]);
});

Deno.test("ActiveSpans.flush() gives the same for any order, batching and repetition", () => {
  const moments = fc.array(fc.nat({ max: 60 }).map((n) => NOON + n * 2 * MINUTE_MS));
  const batches = fc.array(moments, { maxLength: 6 });
  fc.assert(
    fc.property(batches, (batches) => {
      using db = openSession();
      note(db, batches);

      const all = batches.flat().map((at): [number, number] => [at, at]);
      assert.deepEqual(read(db), joinSpans(all));
    }),
    fcRuns(60),
  );
});

Deno.test("joinSpans() leaves a pause of more than five minutes between two", () => {
  const spans = joinSpans([[0, 10], [11 + PAUSE_MAX_MS, 20 + PAUSE_MAX_MS]]);

  assert.equal(spans.length, 2);
});

Deno.test("ActiveSpans.reset() forgets what was noted since the last flush", () => {
  using db = openSession();
  const spans = new ActiveSpans(db);
  spans.note([1], NOON);

  spans.reset();
  spans.flush();

  assert.deepEqual(read(db), []);
});

function openSession(): Database {
  const db = openWriter(":memory:");
  const platform = new Words(db).number("claude_code");
  db.prepare("insert into sessions (platform, session_id) values (?, 's1')").run(platform);
  return db;
}

function note(db: Database, batches: readonly (readonly number[])[]): void {
  const spans = new ActiveSpans(db);
  for (const batch of batches) {
    for (const at of batch) spans.note([1], at);
    spans.flush();
  }
}

function read(db: Database): [number, number][] {
  return db.prepare("select from_at, to_at from active_spans order by from_at").all()
    .map(({ from_at, to_at }) => [Number(from_at), Number(to_at)]);
}
