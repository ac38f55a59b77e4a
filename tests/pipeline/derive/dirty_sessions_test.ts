/** Tests of `pipeline/derive/dirty_sessions.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { Words } from "../../../core/words.ts";
import { DirtySessions, EVERYTHING_AT } from "../../../pipeline/derive/dirty_sessions.ts";

const GROUPS = ["a", "b"];

Deno.test("DirtySessions.flush() tells every group the first moment of each session", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, GROUPS);
  for (const [session, at] of [[7, 50], [7, 30], [7, 40], [8, 5]]) dirty.mark(session!, at!);

  dirty.flush();

  for (const group of GROUPS) assert.deepEqual(dirty.next(group, 9), [[7, 30], [8, 5]]);
});

Deno.test("DirtySessions.flush() keeps the earlier moment, when one is there already", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, ["a"]);
  for (const at of [30, 50, 10]) {
    dirty.mark(7, at);
    dirty.flush();
  }

  assert.deepEqual(dirty.next("a", 9), [[7, 10]]);
});

Deno.test("DirtySessions.reset() forgets what was not written", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, ["a"]);
  dirty.mark(7, 1);

  dirty.reset();
  dirty.flush();

  assert.equal(dirty.count("a"), 0);
});

Deno.test("DirtySessions.settle() is each group's own, and may leave a rest", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, GROUPS);
  dirty.mark(7, 1);
  dirty.flush();

  dirty.settle("a", 7, 60);
  dirty.settle("b", 7);

  assert.deepEqual(GROUPS.map((group) => dirty.next(group, 9)), [[[7, 60]], []]);
});

Deno.test("DirtySessions.next() gives no more than max", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, ["a"]);
  for (const session of [1, 2, 3]) dirty.mark(session, 0);
  dirty.flush();

  assert.deepEqual([dirty.next("a", 2).length, dirty.count("a")], [2, 3]);
});

Deno.test("DirtySessions.markAll() marks every session from its beginning, for one group", () => {
  using db = withSessions("s1", "s2");
  const dirty = new DirtySessions(db, GROUPS);
  dirty.mark(1, 50);
  dirty.flush();

  dirty.markAll("a");

  assert.deepEqual(dirty.next("a", 9).map(([session, at]) => [session, at < -8.64e15]), [
    [1, true],
    [2, true],
  ]);
  assert.deepEqual(dirty.next("b", 9), [[1, 50]]);
});

function withSessions(...ids: readonly string[]): Database {
  const db = openWriter(":memory:");
  const platform = new Words(db).number("claude_code");
  const add = db.prepare("insert into sessions (platform, session_id) values (?, ?)");
  for (const id of ids) add.run(platform, id);
  return db;
}

Deno.test("DirtySessions.markBehind() marks a session for the groups behind one", () => {
  using db = openWriter(":memory:");
  const dirty = new DirtySessions(db, ["first", "second", "third"]);

  dirty.markBehind("first", 7);
  dirty.markBehind("third", 8);

  assert.deepEqual(["first", "second", "third"].map((name) => dirty.next(name, 9)), [
    [],
    [[7, EVERYTHING_AT]],
    [[7, EVERYTHING_AT]],
  ]);
});
