/** Tests of recognising a damaged database. */

import { equal, ok } from "node:assert/strict";
import { type Database, isFile, openPlain, openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { noteMadeWith } from "../../core/made_with.ts";
import { endMending, isDamaged, noteSuspect } from "../../pipeline/damage.ts";
import { fillMonths } from "./archive_stage.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const PAGE_BYTES = 4096;

async function fill(path: string): Promise<void> {
  using parts = openParts(path);
  await fillMonths(parts);
}

/** The first page of a table. */
function pageOf(path: string, table: string): number {
  using db = openPlain(path);
  return db.prepare("select rootpage from sqlite_schema where name = ?").get(table)!
    .rootpage as number;
}

Deno.test("isDamaged() knows what is no database, and looks closely if it must", async () => {
  using folder = tempDatabase();
  equal(isDamaged(folder.path), false);
  await fill(folder.path);
  const whole = Deno.readFileSync(folder.path);
  equal(isDamaged(folder.path), false);

  const root = pageOf(folder.path, "responses");
  const broken = whole.slice().fill(7, (root - 1) * PAGE_BYTES, root * PAGE_BYTES);
  Deno.writeFileSync(folder.path, broken);
  equal(isDamaged(folder.path), false);
  noteSuspect(folder.path);
  equal(isDamaged(folder.path), true);
  for (const bytes of [broken.slice().fill(7), whole.slice(0, 5000), whole.slice(0, 50)]) {
    Deno.writeFileSync(folder.path, bytes);
    equal(isDamaged(folder.path), true, `${bytes.length} bytes`);
  }
});

Deno.test("isDamaged() takes the reader that the caller goes on with", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  using reader = openReader(folder.path)!;
  const asked: string[] = [];
  const open = () => {
    asked.push("opened");
    return reader;
  };
  equal(isDamaged(folder.path, open), false);
  equal(asked.length, 1);
  ok(reader.isOpen);
  // An older version's has none.
  equal(isDamaged(folder.path, () => undefined), false);
  // What looks at every page does not leave it to a reader.
  noteSuspect(folder.path);
  equal(isDamaged(folder.path, open), false);
  equal(asked.length, 1);
});

Deno.test("isDamaged() hears it from a reader that cannot be opened", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  const whole = Deno.readFileSync(folder.path);
  for (const bytes of [whole.slice().fill(7), whole.slice(0, 5000), whole.slice(0, 50)]) {
    Deno.writeFileSync(folder.path, bytes);
    const opened: Database[] = [];
    const open = () => {
      const reader = openReader(folder.path);
      if (reader) opened.push(reader);
      return reader;
    };
    equal(isDamaged(folder.path, open), true, `${bytes.length} bytes`);
    for (const reader of opened) reader.close();
  }
});

Deno.test("isDamaged() looks closely after a crash", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  using db = openWriter(folder.path);
  db.exec("insert into made_with values ('files', '1')");
  const root = pageOf(folder.path, "responses");
  const bytes = Deno.readFileSync(folder.path), log = Deno.readFileSync(`${folder.path}-wal`);
  db.close();
  Deno.writeFileSync(folder.path, bytes.fill(7, (root - 1) * PAGE_BYTES, root * PAGE_BYTES));

  Deno.writeFileSync(`${folder.path}-wal`, log);

  equal(isDamaged(folder.path), true);
});

Deno.test("endMending() ends what was all but done, and begins nothing", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  endMending(folder.path);
  equal(isDamaged(folder.path), false);
  Deno.renameSync(folder.path, `${folder.path}.mending`);
  // Not all of it may be there.
  endMending(folder.path);
  equal(isFile(folder.path) || isFile(`${folder.path}.mending`), false);
  await fill(folder.path);
  {
    using db = openPlain(folder.path);
    noteMadeWith(db, "mended", "1 4");
  }
  Deno.renameSync(folder.path, `${folder.path}.mending`);

  endMending(folder.path);

  using db = openPlain(folder.path);
  equal(db.prepare("select count(*) as n from sessions").get()!.n, 4);
});

Deno.test("endMending() forgets what was suspected, once it is mended", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  noteSuspect(folder.path);

  endMending(folder.path);

  equal(isFile(`${folder.path}.suspect`), false);
});
