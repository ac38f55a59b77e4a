/** Tests of `core/database.ts`: who may open the file, and who may do what with it. */

import assert from "node:assert/strict";
import {
  databaseBytes,
  emptyLog,
  inTransaction,
  isFrozen,
  ofOneState,
  openGuest,
  openPlain,
  openReader,
  prepareArrays,
} from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { addWord, addWordBeside, tablesOf, wordsOf } from "./seen_rows.ts";
import { failFirstLook } from "../helpers/faults.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("openReader() reads a file as it lies, where the disk has no room at all", () => {
  using folder = tempFolder();
  const path = folder.at("a.db");
  openWriter(path).close();
  using usual = openReader(path)!;
  using _full = failFirstLook();
  using frozen = openReader(path)!;
  assert.deepEqual([isFrozen(usual), isFrozen(frozen)], [false, true]);
  assert.deepEqual(wordsOf(frozen), wordsOf(usual));
});

Deno.test("openReader() says that the disk is full, where something waits in the log", () => {
  using folder = tempFolder();
  const path = folder.at("a.db");
  using writer = openWriter(path);
  addWord(writer, "Edit");
  using _full = failFirstLook();
  using db = openReader(path)!;
  assert.equal(isFrozen(db), false);
});

Deno.test("openGuest() reads a database of another program, and cannot write to it", () => {
  using folder = tempFolder();
  const path = folder.at("other.db");
  {
    using other = openPlain(path);
    other.exec("create table rows (key text); insert into rows values ('a')");
  }

  using db = openGuest(path, 70);

  assert.equal(db.prepare("select key from rows").get()?.key, "a");
  assert.throws(() => db.exec("delete from rows"), /readonly/);
  assert.equal(db.prepare("pragma busy_timeout").get()?.timeout, 70);
});

Deno.test("openReader() gives nothing and makes nothing, when there is no database", () => {
  using folder = tempFolder();

  assert.equal(openReader(folder.at("telemetry.db")), undefined);
  assert.equal(openReader(folder.path), undefined);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("openReader() gives nothing, when the database is not yet migrated", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("telemetry.db"), "");

  assert.equal(openReader(folder.at("telemetry.db")), undefined);
});

const RAW_TRACES_AND_MORE = {
  "writes a word": "insert into words (text) values ('x')",
  "drops a table": "drop table words",
  "makes a table of its own": "create table mine (id integer)",
  "reads the bodies of traces": "select body from trace_blocks",
  "counts the traces": "select count(*) from trace_blocks",
  "reads traces in a subquery": "select * from words where id in (select id from trace_blocks)",
  "reads a platform's traces": "select * from claude_raw_traces",
  "reads a platform's traces by another name": "select t.id from claude_raw_traces as t",
  "attaches a file": "attach ':memory:' as other",
  "copies the file": "vacuum into 'FOLDER/copy.db'",
  "opens the door": "pragma query_only = off; insert into words (text) values ('x')",
};

for (const [what, sql] of Object.entries(RAW_TRACES_AND_MORE)) {
  Deno.test(`openReader() gives a database that throws, when somebody ${what}`, () => {
    using folder = tempFolder();
    using db = openWriter(folder.at("telemetry.db"));
    db.exec("create table if not exists claude_raw_traces (id integer primary key)");
    db.exec("insert into words (text) values ('Edit')");
    using reader = openReader(folder.at("telemetry.db"))!;

    assert.throws(() => reader.exec(sql.replace("FOLDER", folder.path)));

    assert.deepEqual(wordsOf(reader), ["Edit"]);
    assert.deepEqual(tablesOf(reader), tablesOf(db));
    assert.ok(![...Deno.readDirSync(folder.path)].some(({ name }) => name === "copy.db"));
  });
}

Deno.test("openReader() gives a database that may read every table but those of traces", () => {
  using folder = tempFolder();
  using db = openWriter(folder.at("telemetry.db"));
  using reader = openReader(folder.at("telemetry.db"))!;

  for (const table of tablesOf(db)) {
    if (table === "trace_blocks" || table.endsWith("_raw_traces")) continue;
    // The bodies of events in the queue are raw traces to be.
    const columns = table === "stream_entries" ? "stream, id" : "*";
    assert.deepEqual(reader.prepare(`select ${columns} from ${table}`).all(), [], table);
  }
});

Deno.test("inTransaction() commits what was changed, and gives the result", () => {
  using db = openWriter(":memory:");

  const result = inTransaction(db, () => {
    addWord(db, "Edit");
    return 7;
  });

  assert.equal(result, 7);
  assert.equal(db.isTransaction, false);
  assert.deepEqual(wordsOf(db), ["Edit"]);
});

Deno.test("inTransaction() takes back everything and throws the same, when a step throws", () => {
  using db = openWriter(":memory:");
  const error = new RangeError("Cannot go on: step three");

  assert.throws(() =>
    inTransaction(db, () => {
      addWord(db, "Edit");
      addWord(db, "Read");
      throw error;
    }), (thrown) => thrown === error);

  assert.equal(db.isTransaction, false);
  assert.deepEqual(wordsOf(db), []);
});

Deno.test("inTransaction() takes back its parts, too, when it fails later", () => {
  using db = openWriter(":memory:");

  assert.throws(() =>
    inTransaction(db, () => {
      inTransaction(db, () => addWord(db, "Edit"));
      throw new RangeError("Cannot go on: step two");
    }), RangeError);

  assert.deepEqual(wordsOf(db), []);
});

Deno.test("ofOneState() reads one state, whoever writes meanwhile, and the next after it", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  openWriter(path).close();
  using db = openReader(path)!;

  const seen = ofOneState(db, () => {
    const before = wordsOf(db);
    addWordBeside(path, "Edit");
    return [before, ofOneState(db, () => wordsOf(db)), wordsOf(db)];
  });

  assert.deepEqual(seen, [[], [], []]);
  assert.deepEqual(wordsOf(db), ["Edit"]);
});

Deno.test("ofOneState() lets the state go, when what reads fails or waits", async () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  openWriter(path).close();
  using db = openReader(path)!;
  const error = new RangeError("Cannot read: step three");

  assert.throws(() =>
    ofOneState(db, () => {
      wordsOf(db);
      throw error;
    }), (thrown) => thrown === error);
  const later = ofOneState(db, async () => {
    const before = wordsOf(db);
    await Promise.resolve();
    return [before, wordsOf(db)];
  });
  addWordBeside(path, "Edit");

  assert.equal(db.isTransaction, false);
  assert.deepEqual(await later, [[], ["Edit"]]);
});

Deno.test("databaseBytes() counts the file and its log, and nothing before there is one", () => {
  using folder = tempFolder();
  const path = `${folder.path}/telemetry.db`;
  const before = databaseBytes(path);
  using db = openWriter(path);
  db.exec("insert into words (text) values ('a')");

  const bytes = databaseBytes(path);

  assert.equal(before, 0);
  assert.equal(bytes, Deno.statSync(path).size + Deno.statSync(`${path}-wal`).size);
});

Deno.test("emptyLog() gives the room of the log back, and keeps what stood in it", () => {
  using folder = tempFolder();
  const path = `${folder.path}/telemetry.db`;
  using db = openWriter(path);
  db.exec("insert into words (text) values ('a')");
  const before = Deno.statSync(`${path}-wal`).size;

  emptyLog(db);

  assert.ok(before > 0);
  assert.equal(Deno.statSync(`${path}-wal`).size, 0);
  assert.equal(db.prepare("select count(*) as n from words").get()?.n, 1);
});

Deno.test("prepareArrays() gives rows as arrays in the order of the columns", () => {
  using db = openWriter(":memory:");
  addWord(db, "Edit");

  const rows = prepareArrays(db, "select text, id, null from words").all();

  assert.deepEqual(rows as unknown, [["Edit", 1, null]]);
});

Deno.test("prepareArrays() sees what was written since, when a reader asks again", () => {
  using folder = tempFolder();
  using db = openWriter(folder.at("telemetry.db"));
  addWord(db, "Edit");
  addWord(db, "Read");
  using reader = openReader(folder.at("telemetry.db"))!;
  // The first of several rows, too: a statement that waits for more holds on to the old.
  const first = () => prepareArrays(reader, "select text from words order by text").get();
  const count = () => prepareArrays(reader, "select count(*) from words").get();

  assert.deepEqual([first(), count()], [["Edit"], [2]]);
  addWord(db, "Bash");

  assert.deepEqual([first(), count()], [["Bash"], [3]]);
  emptyLog(db);
  assert.equal(
    databaseBytes(folder.at("telemetry.db")),
    Deno.statSync(folder.at("telemetry.db")).size,
  );
});
