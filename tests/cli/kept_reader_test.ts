/** Tests of `cli/kept_reader.ts`. */

import assert from "node:assert/strict";
import { KeptReader } from "../../cli/kept_reader.ts";
import { type Database, isFrozen } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { homeAt } from "../../core/home.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { addWordBeside, wordsOf } from "../core/seen_rows.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makePrompt } from "../helpers/events.ts";
import { failFirstLook } from "../helpers/faults.ts";
import { tellHome } from "../helpers/filled_home.ts";

function count(db: Database): number {
  return reportSessions(db).total;
}

Deno.test("KeptReader.read() reads one open file, and what was written since", async () => {
  using folder = tempFolder();
  using reader = new KeptReader(homeAt(folder.path));

  assert.equal(reader.read(count), 0);
  await tellHome(folder.path, makePrompt({ id: "p1", session: "one" }));
  const first = reader.read((db, advisor) => ({ db, advisor }));
  await tellHome(folder.path, makePrompt({ id: "p2", session: "two" }));

  assert.equal(reader.read(count), 2);
  assert.equal(reader.read((db) => db), first.db);
  assert.equal(reader.read((_, advisor) => advisor.sessions().all.length), 2);
});

Deno.test("KeptReader.read() opens the file anew, when another is in its place", async () => {
  using folder = tempFolder();
  using reader = new KeptReader(homeAt(folder.path));
  await tellHome(folder.path, makePrompt({ id: "p1" }));
  assert.equal(reader.read(count), 1);

  Deno.renameSync(folder.at("telemetry.db"), folder.at("old.db"));
  assert.equal(reader.read(count), 0);
  openWriter(folder.at("telemetry.db")).close();

  assert.equal(reader.read(count), 0);
});

Deno.test("KeptReader.read() opens anew what it read as it lay, when it was written", async () => {
  using folder = tempFolder();
  using reader = new KeptReader(homeAt(folder.path));
  await tellHome(folder.path, makePrompt({ id: "p1", session: "one" }));
  {
    using _full = failFirstLook();
    assert.equal(reader.read(count), 1);
  }
  const first = reader.read((db) => db);
  assert.equal(isFrozen(first), true);
  assert.equal(reader.read((db) => db), first);

  await tellHome(folder.path, makePrompt({ id: "p2", session: "two" }));
  assert.equal(reader.read(count), 2);
  assert.equal(reader.read(isFrozen), false);
});

Deno.test("KeptReader.read() shows one state, when another process writes meanwhile", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  openWriter(path).close();
  using reader = new KeptReader(homeAt(folder.path));
  const twice = (db: Database) => {
    const before = wordsOf(db).length;
    addWordBeside(path, `word${before}`);
    return [before, wordsOf(db).length];
  };

  assert.deepEqual(reader.read(twice), [0, 0]);
  assert.deepEqual(reader.readStored(twice), [1, 1]);
});
