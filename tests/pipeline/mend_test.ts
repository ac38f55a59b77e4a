/** Tests of recognising a damaged database, and of making a new one of what is left. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { listParts, placeOfPart } from "../../pipeline/archive_parts.ts";
import { isDamaged, noteSuspect } from "../../pipeline/damage.ts";
import { mendDatabase, type Mended, readMended } from "../../pipeline/mend.ts";
import { openPlain } from "../../core/database.ts";
import { TABLES } from "../helpers/events.ts";
import { allEvents, archive, fillMonths, folderOf } from "./archive_stage.ts";
import { KEY, purgeOf } from "./purge_stage.ts";
import { passTime } from "./pass_time.ts";
import { readFile } from "./read_stored.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { decodeEvent } from "../../core/event.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const NOW = Date.UTC(2026, 10, 26);
const PAGE_BYTES = 4096;

/** A database with some of its events archived, and choices in it. */
async function filled(path: string) {
  using parts = openParts(path);
  const events = await fillMonths(parts);
  archive(parts.db, path);
  parts.db.exec(`insert into insight_mutes values ('retry_storm', 7);
    insert into made_with values ('key', 'abc')`);
  return { events, derived: derivedRows(parts.db) };
}

/** Makes it anew, and derives all that can be derived. */
async function mended(path: string): Promise<Mended> {
  const result = mendDatabase(path, TABLES, NOW);
  using parts = openParts(path);
  await parts.runToEnd();
  return result;
}

Deno.test("mendDatabase() counts what is left of what the old one counted", async () => {
  using folder = tempDatabase();
  await filled(folder.path);
  {
    using db = openPlain(folder.path);
    db.exec("update sessions set counted = 0 where id = (select min(id) from sessions)");
  }
  const { sessionsKnown, sessionsLeft } = mendDatabase(folder.path, TABLES, NOW);
  deepEqual([sessionsKnown, sessionsLeft], [3, 3]);
  using db = openPlain(folder.path);
  equal(db.prepare("pragma journal_mode").get()?.journal_mode, "wal");
});

Deno.test("mendDatabase() makes the same anew, where all of it can be read", async () => {
  using folder = tempDatabase();
  const before = await filled(folder.path);

  const { events, archive, sessionsKnown, sessionsLeft, aside } = await mended(folder.path);

  deepEqual({ events, sessionsKnown, sessionsLeft }, {
    events: 6,
    sessionsKnown: 4,
    sessionsLeft: 4,
  });
  deepEqual(archive, { parts: 2, events: 50, broken: [] });
  const at = folder.path.replace(/[^/]+$/, "");
  ok(Deno.statSync(at + aside).size > 0);
  equal([...Deno.readDirSync(at)].some(({ name }) => name.includes("mending")), false);
  using parts = openParts(folder.path);
  deepEqual(allEvents(parts.db, folder.path), before.events);
  deepEqual(derivedRows(parts.db), before.derived);
  equal(parts.count("insight_mutes"), 1);
  deepEqual(readMended(parts.db), { at: NOW, sessionsKnown: 4 });
  // What is read again is known.
  parts.append(before.events);
  equal(parts.count("trace_blocks"), 1);
});

Deno.test("mendDatabase() saves what can be read, wherever the damage is", async () => {
  using folder = tempDatabase();
  const before = await filled(folder.path);
  const whole = Deno.readFileSync(folder.path);
  const pages = whole.length / PAGE_BYTES;
  let damaged = 0, seed = 11;
  for (let round = 0; round < 9; round++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const bytes = whole.slice(), page = round < 2 ? round : seed % pages;
    if (round % 3 === 0) bytes.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    else if (round % 3 === 1) bytes.fill(0xa5, page * PAGE_BYTES, page * PAGE_BYTES + 200);
    const cut = round % 3 === 2 ? Math.max(1, page) * PAGE_BYTES : bytes.length;
    Deno.writeFileSync(folder.path, bytes.subarray(0, cut));
    noteSuspect(folder.path);
    if (!isDamaged(folder.path)) continue;
    damaged++;

    const { events, archive } = await mended(folder.path);

    using parts = openParts(folder.path);
    const now = allEvents(parts.db, folder.path);
    equal(now.length, events + archive.events, `page ${page}`);
    equal(archive.events, 50);
    deepEqual(now, before.events.filter((event) => now.includes(event)));
    // The sources tell the rest again.
    parts.append(before.events);
    deepEqual(allEvents(parts.db, folder.path), before.events);
    equal(isDamaged(folder.path), false);
  }
  ok(damaged >= 4, `${damaged} were damaged`);
});

Deno.test("mendDatabase() goes on with a purge that was under way", async () => {
  for (const session of ["early", "late"]) {
    using folder = tempDatabase();
    const { path } = folder;
    const { events } = await filled(path);
    const left = events.filter((text) => decodeEvent(text).sessionId !== session);
    {
      using parts = openParts(path);
      purgeOf(parts, path).begin({ session });
      deepEqual(allEvents(parts.db, path), events);
    }

    mendDatabase(path, TABLES, NOW);

    const clock = new VirtualClock(NOW);
    await using pipeline = new Pipeline({ path, tables: TABLES, clock, key: KEY });
    await passTime(clock, pipeline.resume());
    deepEqual(readFile(path, (db) => allEvents(db, path)), left, session);
  }
});

Deno.test("mendDatabase() names a part of the archive that it cannot read", async () => {
  using folder = tempDatabase();
  await filled(folder.path);
  let place: string;
  {
    using parts = openParts(folder.path);
    place = placeOfPart(listParts(parts.db)[0]!);
  }
  Deno.writeTextFileSync(`${folderOf(folder.path)}/${place}`, "nothing");
  Deno.writeTextFileSync(folder.path, "no database at all, and nothing else");

  const { events, archive, sessionsKnown } = await mended(folder.path);

  deepEqual([events, archive.events, archive.broken, sessionsKnown], [0, 25, [place], undefined]);
});
