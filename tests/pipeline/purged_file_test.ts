/** Tests of `purged.json`: what it brings back, and what it is worth where it is damaged. */

import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import {
  countAhead,
  keepPurged,
  mendAhead,
  purgedBeside,
  PurgedFileError,
  readPurged,
  readSound,
  writePurged,
} from "../../pipeline/purged_file.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";

const platform = fc.constantFrom("claude_code", "cursor");
const until = fc.uniqueArray(fc.tuple(platform, fc.string(), fc.maxSafeInteger()), {
  selector: ([platform, session]) => `${platform} ${session}`,
});
const events = fc.uniqueArray(fc.tuple(fc.maxSafeNat(), platform), { selector: ([key]) => key });

function tables(db: Database) {
  return ["tombstones", "tombstone_events"].map((table) =>
    db.prepare(`select * from ${table}`).all()
  );
}

function fill(db: Database, rows: readonly [string, string, number][]) {
  const add = db.prepare("insert into tombstones values (?, ?, ?)");
  for (const row of rows) add.run(...row);
}

Deno.test("readPurged() brings what writePurged() wrote, whatever that is", () => {
  using folder = tempFolder();
  const path = folder.at("purged.json");
  fc.assert(
    fc.property(until, events, (until, events) => {
      using told = openWriter(":memory:"), made = openWriter(":memory:");
      fill(told, until);
      const add = told.prepare("insert into tombstone_events values (?, ?)");
      for (const row of events) add.run(...row);
      writePurged(told, path);
      readPurged(made, path);
      deepEqual(tables(made), tables(told));
    }),
    fcRuns(20),
  );
});

Deno.test("readPurged() moves no moment back", () => {
  using folder = tempFolder();
  using db = openWriter(":memory:");
  fill(db, [["cursor", "", 5], ["cursor", "a", 5]]);
  writePurged(db, folder.at("purged.json"));
  db.exec("update tombstones set until_at = iif(session = 'a', 9, 1)");
  readPurged(db, folder.at("purged.json"));
  deepEqual(tables(db)[0]!.map(({ until_at }) => until_at), [5, 9]);
});

Deno.test("readPurged() brings nothing of a file that is damaged", () => {
  using folder = tempFolder();
  using db = openWriter(":memory:");
  const path = folder.at("purged.json");
  readPurged(db, path);
  for (
    const text of [
      "",
      "null",
      '{"until":[["cursor","",1]]}',
      '{"until":[["cursor","",1],["cursor",""]],"events":[]}',
      '{"until":[["cursor","",1.5]],"events":[]}',
      '{"until":[["cursor","",1]],"events":[["cursor","1"]]}',
    ]
  ) {
    Deno.writeTextFileSync(path, text);
    throws(() => readPurged(db, path), PurgedFileError, text);
  }
  deepEqual(tables(db), [[], []]);
});

Deno.test("writePurged() leaves no file where nothing is purged, and one for its owner", () => {
  using folder = tempFolder();
  using db = openWriter(":memory:");
  const path = folder.at("purged.json"), names = () => [...Deno.readDirSync(folder.path)];
  writePurged(db, path);
  equal(names().length, 0);
  fill(db, [["cursor", "", 5]]);
  writePurged(db, path);
  if (Deno.build.os !== "windows") equal(Deno.statSync(path).mode! & 0o777, 0o600);
  db.exec("delete from tombstones");
  writePurged(db, path);
  equal(names().length, 0);
});

Deno.test("keepPurged() brings together what the file and the tables tell", () => {
  using folder = tempFolder();
  using db = openWriter(":memory:"), other = openWriter(":memory:");
  const path = folder.at("purged.json");
  fill(other, [["cursor", "", 5], ["cursor", "a", 5]]);
  writePurged(other, path);
  fill(db, [["claude_code", "", 1], ["cursor", "", 3]]);
  equal(keepPurged(db, path, 9), true);
  const told = [["claude_code", "", 1], ["cursor", "", 5], ["cursor", "a", 5]];
  deepEqual(JSON.parse(Deno.readTextFileSync(path)).until, told);
  deepEqual(tables(db)[0]!.map((row) => Object.values(row)), told);
});

Deno.test("keepPurged() says where the file was damaged, and writes it anew", () => {
  using folder = tempFolder();
  using db = openWriter(":memory:");
  const path = folder.at("purged.json");
  fill(db, [["cursor", "", 5]]);
  Deno.writeTextFileSync(path, "[");
  equal(readSound(db, path), false);
  equal(keepPurged(db, path, 9), false);
  equal(readSound(db, path), true);
});

Deno.test("mendAhead() ends with the file what lies beyond both it and now, or with now", () => {
  using folder = tempFolder();
  const path = folder.at("purged.json"), far = 9_000_000;
  const mended = (fileAt: number | undefined, now: number) => {
    using db = openWriter(":memory:");
    fill(db, [["cursor", "", far], ["cursor", "a", far]]);
    writePurged(db, path);
    if (fileAt === undefined) Deno.removeSync(path);
    else Deno.utimeSync(path, fileAt / 1000, fileAt / 1000);
    mendAhead(db, path, now);
    deepEqual(tables(db)[0]![1]!.until_at, far, "of one session it may be one clock alone");
    return [tables(db)[0]![0]!.until_at, countAhead(db, now)];
  };
  deepEqual(mended(2000, 5000), [2000, 0]);
  deepEqual(mended(undefined, 5000), [5000, 0]);
  deepEqual(mended(far + 1000, 5000), [far, 1], "it was made then, or the clock is behind");
  deepEqual(mended(2000, far), [far, 0]);
});

Deno.test("purgedBeside() is in the folder of the database", () => {
  equal(purgedBeside("/home/ada/.blueplane/telemetry.db"), "/home/ada/.blueplane/purged.json");
});
