/** Tests of `pipeline/derive/lineage.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { EVENT_TYPES } from "../../../core/event.ts";
import { noteMadeWith } from "../../../core/made_with.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { Words } from "../../../core/words.ts";
import { FACT_KINDS, Lineage } from "../../../pipeline/derive/lineage.ts";

const KIND = FACT_KINDS.response;
const STARTED = 1_000_000;
const SOON = STARTED + 1000;
const LATE = STARTED + 600_000;

Deno.test("Lineage.flush() gives a fact to the session that was written to earlier", () => {
  assert.equal(ownerOf({ zz: SOON, aa: LATE }), "zz");
  assert.equal(ownerOf({ zz: LATE, aa: LATE + 1 }), "zz");
});

Deno.test("Lineage.flush() takes no late line for a proof of being the original", () => {
  assert.equal(ownerOf({ zz: null, aa: LATE }), "zz");
});

Deno.test("Lineage.flush() takes an early line for one, where the other has none", () => {
  assert.equal(ownerOf({ zz: SOON, aa: null }), "zz");
});

Deno.test("Lineage.flush() gives a fact to the session that parted from the other first", () => {
  assert.equal(ownerOf({ zz: null, aa: null }, { zz: SOON, aa: LATE }), "zz");
  assert.equal(ownerOf({ zz: SOON, aa: SOON }, { zz: SOON, aa: LATE }), "zz");
  assert.equal(ownerOf({ zz: LATE, aa: LATE + 1 }, { zz: LATE, aa: SOON }), "zz");
});

Deno.test("Lineage.flush() leaves no session with nothing that ended before forks began", () => {
  assert.equal(ownerOf({ zz: null, aa: null }, { aa: STARTED }), "zz");
  assert.equal(ownerOf({ zz: null, aa: null }, { aa: STARTED - 1 }), "aa");
});

Deno.test("Lineage.flush() chooses anew, when what a session told alone is told by others", () => {
  using db = openSessions("zz", "aa", "bb");
  addPrompt(db, 1, 5, SOON);
  addPrompt(db, 2, 6, LATE);
  const lineage = new Lineage(db);
  lineage.noteShared(KIND, 7, 1, 2);
  const before = flush(lineage);

  lineage.noteShared(FACT_KINDS.input, 5, 1, 3);
  addPrompt(db, 1, 8, LATE + 1);

  assert.deepEqual(before, [[KIND, 7, 1]]);
  assert.deepEqual(flush(lineage).filter(([kind]) => kind === KIND), [[KIND, 7, 2]]);
});

Deno.test("Lineage.flush() chooses by the session's id, where nothing else tells", () => {
  assert.equal(ownerOf({ zz: null, aa: null }), "aa");
});

Deno.test("Lineage.flush() chooses alike, when two platforms use the same id", () => {
  using db = openSessions("s1");
  db.prepare("insert into sessions (platform, session_id) values (?, 's1')")
    .run(new Words(db).number("cursor"));
  const owners = [[1, 2], [2, 1]].map(([a, b]) => {
    const lineage = new Lineage(db);
    lineage.noteShared(KIND, 7, a!, b!);
    return flush(lineage)[0]![2];
  });

  assert.equal(owners[0], owners[1]);
});

Deno.test("Lineage.flush() gives shared facts to another, when it turns out to be first", () => {
  using db = openSessions("zz", "aa");
  const before = new Lineage(db);
  before.noteShared(KIND, 7, 1, 2);
  flush(before);
  const later = new Lineage(db);

  later.noteNative(1, SOON);

  assert.deepEqual(flush(later), [[KIND, 7, 1]]);
});

Deno.test("Lineage.flush() gives out anew, once, what was given out by other rules", () => {
  using db = openSessions("zz", "aa");
  const before = new Lineage(db);
  before.noteShared(KIND, 7, 1, 2);
  flush(before, []);
  noteMadeWith(db, "lineage", "1");
  const later = new Lineage(db);

  assert.deepEqual(flush(later, []), [[KIND, 7, 2]]);
  assert.deepEqual([flush(later, []), flush(new Lineage(db), [])], [[], []]);
});

Deno.test("Lineage.flush() asks for nothing, when nothing is shared or nothing moved", () => {
  using db = openSessions("zz", "aa", "bb");
  const lineage = new Lineage(db);
  lineage.noteNative(3, SOON);
  const alone = flush(lineage);
  lineage.noteShared(KIND, 7, 1, 2);
  flush(lineage);

  assert.deepEqual([alone, flush(lineage)], [[], []]);
});

Deno.test("Lineage.reset() forgets what was told since the last flush", () => {
  using db = openSessions("zz", "aa");
  const lineage = new Lineage(db);
  lineage.noteShared(KIND, 7, 1, 2);
  lineage.noteNative(1, SOON);

  lineage.reset();

  assert.deepEqual(flush(lineage), []);
  assert.equal(db.prepare("select count(*) as n from shared_facts").get()?.n, 0);
  assert.equal(db.prepare("select native_at from sessions where id = 1").get()?.native_at, null);
});

/** Who owns a fact of two sessions whose files were first written to, and typed into, then. */
function ownerOf(
  natives: Record<string, number | null>,
  owns: Record<string, number> = {},
): string {
  const names = Object.keys(natives);
  using db = openSessions(...names);
  for (const [name, at] of Object.entries(owns)) addPrompt(db, names.indexOf(name) + 1, at, at);
  const lineage = new Lineage(db);
  lineage.noteShared(KIND, 7, 1, 2);
  Object.values(natives).forEach((at, i) => at !== null && lineage.noteNative(i + 1, at));
  const [[, , owner]] = flush(lineage) as [[number, number, number]];
  return names[owner - 1]!;
}

function flush(lineage: Lineage, seen = [1, 2, 3]): [number, number, number][] {
  const given: [number, number, number][] = [];
  lineage.flush(seen, (kind, key, owner) => given.push([kind, key, owner]));
  return given;
}

/** A database with sessions 1, 2, … of these ids, all started at one moment. */
function openSessions(...ids: string[]): Database {
  const db = openWriter(":memory:");
  const platform = new Words(db).number("claude_code");
  const add = db.prepare(
    "insert into sessions (platform, session_id, started_at, ended_at) values (?, ?, ?, ?)",
  );
  for (const id of ids) add.run(platform, id, STARTED, STARTED);
  return db;
}

function addPrompt(db: Database, session: number, key: number, at: number): void {
  db.prepare("insert into inputs (key, session, at, kind, loose) values (?, ?, ?, ?, 0)")
    .run(key, session, at, EVENT_TYPES.indexOf("user_prompt"));
}
