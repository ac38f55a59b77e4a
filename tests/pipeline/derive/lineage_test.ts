/** Tests of `pipeline/derive/lineage.ts`. */

import assert from "node:assert/strict";
import { type Database, openWriter } from "../../../core/database.ts";
import { Words } from "../../../core/words.ts";
import { FACT_KINDS, Lineage } from "../../../pipeline/derive/lineage.ts";

const KIND = FACT_KINDS.response;

Deno.test("Lineage.owner() chooses the session that was written to before the fact", () => {
  using db = openSessions("zz", "aa");
  const lineage = new Lineage(db);
  lineage.noteNative(1, 50);
  lineage.noteNative(2, 200);

  assert.deepEqual(ownersOf(lineage, 100), [1, 1]);
});

Deno.test("Lineage.owner() takes no late line for a proof of being the original", () => {
  using db = openSessions("zz", "aa");
  const lineage = new Lineage(db);
  lineage.noteNative(2, 200);

  assert.deepEqual(ownersOf(lineage, 100), [1, 1]);
});

Deno.test("Lineage.owner() chooses by the session's id, where nothing else tells", () => {
  using db = openSessions("zz", "aa");

  assert.deepEqual(ownersOf(new Lineage(db), 100), [2, 2]);
});

Deno.test("Lineage.owner() chooses alike, when two platforms use the same id", () => {
  using db = openSessions("s1");
  db.prepare("insert into sessions (platform, session_id) values (?, 's1')")
    .run(new Words(db).number("cursor"));
  const lineage = new Lineage(db);

  const [first, second] = ownersOf(lineage, 100);

  assert.equal(first, second);
});

Deno.test("Lineage.flush() gives shared facts to another, when it turns out to be first", () => {
  using db = openSessions("zz", "aa");
  const before = new Lineage(db);
  before.owner(KIND, 7, 100, 1, 2);
  before.flush(() => {});
  const later = new Lineage(db);
  const given: [number, number, number][] = [];

  later.noteNative(1, 50);
  later.flush((kind, key, owner) => given.push([kind, key, owner(100)]));

  assert.deepEqual(given, [[KIND, 7, 1]]);
});

Deno.test("Lineage.flush() decides anew who was first, when a fact was moved in time", () => {
  using db = openSessions("zz", "aa");
  const before = new Lineage(db);
  before.noteNative(1, 150);
  before.noteNative(2, 50);
  before.owner(KIND, 7, 100, 1, 2);
  before.flush(() => {});
  const later = new Lineage(db);
  const given: number[] = [];

  later.noteMoved(KIND, 7);
  later.noteMoved(KIND, 8);
  later.flush((_, key, owner) => given.push(key, owner(100), owner(10)));

  assert.deepEqual(given, [7, 2, 2]);
});

Deno.test("Lineage.flush() asks for nothing, when a session shares nothing", () => {
  using db = openSessions("zz");
  const lineage = new Lineage(db);

  lineage.noteNative(1, 50);

  lineage.flush(() => assert.fail("there is nothing to give"));
});

Deno.test("Lineage.reset() forgets what was told since the last flush", () => {
  using db = openSessions("zz", "aa");
  const lineage = new Lineage(db);
  lineage.owner(KIND, 7, 100, 1, 2);
  lineage.noteNative(1, 50);

  lineage.reset();
  lineage.flush(() => assert.fail("there is nothing to give"));

  assert.equal(db.prepare("select count(*) as n from shared_facts").get()?.n, 0);
  assert.equal(db.prepare("select native_at from sessions where id = 1").get()?.native_at, null);
});

function ownersOf(lineage: Lineage, at: number): [number, number] {
  return [lineage.owner(KIND, 7, at, 1, 2), lineage.owner(KIND, 7, at, 2, 1)];
}

/** A database with sessions 1, 2, … of these ids. */
function openSessions(...ids: string[]): Database {
  const db = openWriter(":memory:");
  const platform = new Words(db).number("claude_code");
  const add = db.prepare("insert into sessions (platform, session_id) values (?, ?)");
  for (const id of ids) add.run(platform, id);
  return db;
}
