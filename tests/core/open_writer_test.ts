/** Tests of `core/open_writer.ts`: what its one writer finds and makes. */

import assert from "node:assert/strict";
import { DatabaseError, openPlain, openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { addWord, tablesOf, wordsOf } from "./seen_rows.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("openWriter() makes a database that keeps what was written", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  {
    using db = openWriter(path);
    addWord(db, "Edit");
  }

  using db = openWriter(path);

  assert.deepEqual(wordsOf(db), ["Edit"]);
});

Deno.test("openWriter() opens a write-ahead log, so that readers are never in its way", () => {
  using folder = tempFolder();
  using db = openWriter(folder.at("telemetry.db"));
  addWord(db, "Edit");
  using reader = openReader(folder.at("telemetry.db"))!;

  db.exec("begin immediate");
  addWord(db, "Read");
  const during = wordsOf(reader);
  db.exec("commit");

  assert.deepEqual(during, ["Edit"]);
  assert.deepEqual(wordsOf(reader), ["Edit", "Read"]);
});

Deno.test("openWriter() leaves nothing in the file of what was deleted", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  for (
    const sql of [
      `insert into stream_entries values (1, 1, 'a secret'),
       (1, 2, 'a secret, and ' || hex(zeroblob(9999)))`,
      "delete from stream_entries",
    ]
  ) {
    using db = openWriter(path);
    db.exec(sql);
  }

  const bytes = new TextDecoder("latin1").decode(Deno.readFileSync(path));

  assert.ok(!bytes.includes("secret"));
});

Deno.test("openWriter() sets a database of the first schema aside, and begins anew", () => {
  using folder = tempFolder();
  const path = `${folder.path}/telemetry.db`;
  {
    using older = openPlain(path);
    older.exec("pragma journal_mode = wal; create table responses (key integer)");
    older.exec("insert into responses values (7); pragma user_version = 1");
  }

  using db = openWriter(path);

  assert.equal(db.prepare("select count(*) as n from responses").get()?.n, 0);
  using kept = openPlain(`${path}.schema-1`);
  assert.equal(kept.prepare("select key from responses").get()?.key, 7);
});

Deno.test("openWriter() throws and touches nothing, when a newer version wrote the file", () => {
  using folder = tempFolder();
  using newer = openPlain(folder.at("telemetry.db"));
  newer.exec("create table future (id integer); pragma user_version = 9000");

  assert.throws(() => openWriter(folder.at("telemetry.db")), (error) => {
    assert.ok(error instanceof DatabaseError);
    assert.match(error.message, /it has schema 9000.*install the newer blueplane/);
    return true;
  });
  assert.throws(() => openReader(folder.at("telemetry.db")), DatabaseError);
  assert.deepEqual(tablesOf(newer), ["future"]);
});

Deno.test("openWriter() throws a DatabaseError without the path, when it cannot be opened", () => {
  using folder = tempFolder();

  assert.throws(() => openWriter(folder.at("nowhere/telemetry.db")), (error) => {
    assert.ok(error instanceof DatabaseError);
    assert.ok(!error.message.includes(folder.path));
    return true;
  });
});

Deno.test("openWriter() throws and changes nothing, when the file is no database", () => {
  using folder = tempFolder();
  const text = "This is somebody's diary, and no database at all. ".repeat(100);
  Deno.writeTextFileSync(folder.at("telemetry.db"), text);

  assert.throws(() => openWriter(folder.at("telemetry.db")), {
    name: "DatabaseError",
    message: "Cannot open the database: the file is no SQLite database",
  });
  assert.throws(() => openReader(folder.at("telemetry.db")), DatabaseError);
  assert.equal(Deno.readTextFileSync(folder.at("telemetry.db")), text);
});
