/** Tests of `pipeline/derive/session_changes.ts`: the last to change has the greatest number. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { SessionChanges } from "../../../pipeline/derive/session_changes.ts";

Deno.test("SessionChanges.put() orders sessions by when they changed last", () => {
  using db = openWriter(":memory:");
  const changes = new SessionChanges(db);

  changes.put([7, 3]);
  changes.put([5]);
  const last = lastChange(db);
  changes.put([3]);

  assert.deepEqual(order(db), [7, 5, 3]);
  assert.ok(lastChange(db) > last);
});

Deno.test("SessionChanges.put() changes nothing, when there are no sessions", () => {
  using db = openWriter(":memory:");
  const changes = new SessionChanges(db);
  changes.put([2]);
  const last = lastChange(db);

  changes.put([]);

  assert.deepEqual([order(db), lastChange(db)], [[2], last]);
});

function order(db: Database): number[] {
  return db.prepare("select session from session_changes order by change").all()
    .map(({ session }) => Number(session));
}

function lastChange(db: Database): number {
  return Number(db.prepare("select max(change) as last from session_changes").get()!.last);
}
