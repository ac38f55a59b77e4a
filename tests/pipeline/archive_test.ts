/** Tests of reading the archive: alone, in a rebuild, and where some of it is gone. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { Archive } from "../../pipeline/archive.ts";
import { listParts, placeOfPart } from "../../pipeline/archive_parts.ts";
import { endRebuild } from "../../pipeline/rebuild.ts";
import { allEvents, archive, fillMonths, folderOf, MARCH } from "./archive_stage.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

/** Archived, and opened again by who knows of the archive. */
async function archived(path: string): Promise<readonly string[]> {
  using parts = openParts(path);
  const events = await fillMonths(parts);
  archive(parts.db, path);
  return events;
}

async function rebuilt(parts: Parts, session?: string) {
  const begun = inTransaction(parts.db, () => parts.groups.beginRebuild(session))!;
  await parts.runToEnd();
  return endRebuild(parts.db, begun);
}

function pathOf(path: string, db: Parts["db"], nth: number): string {
  return `${folderOf(path)}/${placeOfPart(listParts(db)[nth]!)}`;
}

Deno.test("Archive.read() gives a rebuild what the database gave it before", async () => {
  using folder = tempDatabase();
  const events = await archived(folder.path);
  using parts = openParts(folder.path);
  const before = derivedRows(parts.db);

  const { sessions, kept, blocks } = await rebuilt(parts);

  deepEqual({ sessions, kept, blocks }, { sessions: 4, kept: 0, blocks: 4 });
  deepEqual(derivedRows(parts.db), before);
  deepEqual(parts.deadLetters(), []);
  equal((await rebuilt(parts, "turn")).events, 10);
  deepEqual(derivedRows(parts.db), before);
  deepEqual(allEvents(parts.db, folder.path), events);
});

Deno.test("Archive.broken() names a lost part, and a rebuild keeps its sessions", async () => {
  for (
    const [problem, harm] of [
      ["missing", (path: string) => Deno.removeSync(path)],
      ["changed", (path: string) => {
        const bytes = Deno.readFileSync(path);
        bytes[bytes.length >> 1]! ^= 1;
        Deno.writeFileSync(path, bytes);
      }],
      ["a link", (path: string) => {
        Deno.renameSync(path, `${path}.elsewhere`);
        Deno.symlinkSync(`${path}.elsewhere`, path);
      }],
    ] as const
  ) {
    using folder = tempDatabase();
    await archived(folder.path);
    using parts = openParts(folder.path);
    const before = derivedRows(parts.db);
    harm(pathOf(folder.path, parts.db, 0));

    const found = new Archive(parts.db, folderOf(folder.path)).broken();
    const { kept } = await rebuilt(parts);

    deepEqual(found.map(({ part, problem }) => [part.month, problem]), [[202602, problem]]);
    // One is all in that part, of the other only some.
    equal(kept, 2);
    deepEqual(derivedRows(parts.db), before);
  }
});

Deno.test("Archive.read() refuses a part that is not there, in words of its own", async () => {
  using folder = tempDatabase();
  await archived(folder.path);
  using parts = openParts(folder.path);
  Deno.removeSync(pathOf(folder.path, parts.db, 0));
  const reader = new Archive(parts.db, folderOf(folder.path));

  throws(() => reader.read(1), /^RangeError: Cannot read the archive: a part of it is missing/);
  deepEqual(reader.read(99), []);
});

Deno.test("Archive.events() gives what is of a time, and says of what it cannot", async () => {
  using folder = tempDatabase();
  const events = await archived(folder.path);
  using parts = openParts(folder.path);
  const told: number[] = [];
  const read = (from: number, to: number) => {
    const reader = new Archive(parts.db, folderOf(folder.path));
    return [...reader.events({ from, to }, ({ month }) => told.push(month))].map(encodeEvent);
  };

  equal(read(0, Number.MAX_SAFE_INTEGER).length, events.length - 6);
  // Blocks are whole: some of the turn of the month are earlier.
  equal(read(MARCH + 86_400_000, Number.MAX_SAFE_INTEGER).length, 20);
  Deno.removeSync(pathOf(folder.path, parts.db, 0));
  equal(read(0, Number.MAX_SAFE_INTEGER).length, events.length - 6 - 25);
  deepEqual(told, [202602]);
});
