/** Tests of archiving: what becomes of events, of blocks and of room, whatever stops it. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { Archive } from "../../pipeline/archive.ts";
import { Archiver } from "../../pipeline/archiver.ts";
import { aroundStatements, diskFullError } from "../helpers/faults.ts";
import { allEvents, archive, fillMonths, folderOf, MARCH } from "./archive_stage.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";
import { isFullError } from "../../core/sqlite_error.ts";

function files(folder: string, place = ""): string[] {
  return [...Deno.readDirSync(`${folder}/${place}`)].flatMap(({ name, isDirectory }) =>
    isDirectory ? files(folder, `${place}${name}/`) : [place + name]
  ).sort();
}

Deno.test("Archiver.run() moves old events alone, into a file a month", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const events = await fillMonths(parts);

  const archived = archive(parts.db, folder.path);

  deepEqual({ ...archived, bytes: 0 }, {
    blocks: 3,
    events: 50,
    parts: 2,
    bytes: 0,
    unreadable: 0,
    isWhole: true,
  });
  deepEqual(files(folderOf(folder.path)), [
    "platform=claude_code/month=2026-02/part-000001.parquet",
    "platform=claude_code/month=2026-03/part-000002.parquet",
  ]);
  equal(parts.count("trace_blocks"), 1);
  equal(parts.count("claude_raw_traces"), events.length);
  deepEqual(allEvents(parts.db, folder.path), events);
  deepEqual(new Archive(parts.db, folderOf(folder.path)).broken(), []);
  if (Deno.build.os !== "windows") {
    const modeOf = (path: string) =>
      Deno.statSync(`${folderOf(folder.path)}/${path}`).mode! & 0o777;
    equal(modeOf(files(folderOf(folder.path))[0]!), 0o600);
    equal(modeOf("platform=claude_code/month=2026-02"), 0o700);
  }
});

Deno.test("Archiver.run() leaves each event in one place, wherever it is broken off", async () => {
  for (let steps = 1, isDone = false; !isDone; steps++) {
    using folder = tempDatabase();
    let events: readonly string[];
    {
      using parts = openParts(folder.path);
      events = await fillMonths(parts);
      isDone = archive(parts.db, folder.path, undefined, steps) !== undefined;
    }
    using parts = openParts(folder.path);
    deepEqual(allEvents(parts.db, folder.path), events, `after ${steps} steps`);

    archive(parts.db, folder.path);

    deepEqual(allEvents(parts.db, folder.path), events);
    equal(parts.count("trace_blocks"), 1);
    equal(parts.count("archive_parts"), 2);
    equal(files(folderOf(folder.path)).length, 2);
  }
});

Deno.test("Archiver.run() loses nothing, when any statement fails", async () => {
  for (let nth = 1, hasFailed = true; hasFailed; nth += 3) {
    using folder = tempDatabase();
    using parts = openParts(folder.path);
    const events = await fillMonths(parts);
    let left = nth;
    {
      using _faults = aroundStatements((call, _what, rest) => {
        if (--left === 0) throw diskFullError();
        return call(...rest);
      });
      try {
        archive(parts.db, folder.path);
      } catch (error) {
        ok(isFullError(error), String(error));
      }
      hasFailed = left <= 0;
    }
    deepEqual(allEvents(parts.db, folder.path), events, `statement ${nth}`);
    archive(parts.db, folder.path);
    deepEqual(allEvents(parts.db, folder.path), events);
    equal(files(folderOf(folder.path)).length, 2);
  }
});

Deno.test("Archiver.run() makes what is archived count no second time", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const events = await fillMonths(parts);
  archive(parts.db, folder.path);

  parts.append(events);

  deepEqual(allEvents(parts.db, folder.path), events);
  equal(parts.count("trace_blocks"), 1);
});

Deno.test("Archiver.run() gives the room of what is gone back to the disk", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  parts.db.exec(`update trace_blocks set raw_bytes = 1;
    insert into trace_blocks select id + 100, platform, 0, 0, 0, 0, zeroblob(400000)
    from trace_blocks; delete from trace_blocks where id > 100; pragma wal_checkpoint(truncate)`);
  const before = Deno.statSync(folder.path).size;

  archive(parts.db, folder.path);

  const free = parts.db.prepare("pragma freelist_count").get()!.freelist_count;
  equal(free, 0);
  ok(Deno.statSync(folder.path).size < before - 1_000_000);
});

Deno.test("Archiver.run() leaves blocks alone that nobody can read", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  parts.db.exec("update trace_blocks set body = x'00112233' where id = 1");

  const archived = archive(parts.db, folder.path);

  equal(archived?.unreadable, 1);
  equal(archived?.blocks, 2);
  equal(parts.count("trace_blocks"), 2);
});

Deno.test("Archiver.run() writes through no link", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const events = await fillMonths(parts);
  const elsewhere = `${folder.path}.elsewhere`;
  Deno.mkdirSync(elsewhere);
  Deno.symlinkSync(elsewhere, folderOf(folder.path));

  throws(
    () =>
      new Archiver({ db: parts.db, folder: folderOf(folder.path) })
        .run(MARCH).next(),
    /Cannot archive: a folder of the archive is a link/,
  );

  deepEqual([...Deno.readDirSync(elsewhere)], []);
  deepEqual(allEvents(parts.db, folder.path), events);
});
