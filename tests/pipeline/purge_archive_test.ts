/** Tests of `pipeline/purge_archive.ts`; what comes of it is held by `purge_test.ts`. */

import assert from "node:assert/strict";
import { decodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { listParts } from "../../pipeline/archive_parts.ts";
import { chooseCuts, measureCuts } from "../../pipeline/purge_choice.ts";
import { purgeArchive } from "../../pipeline/purge_archive.ts";
import { TABLES } from "../helpers/events.ts";
import { allEvents, archive, fillMonths, folderOf } from "./archive_stage.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

function run(parts: Parts, path: string, onPurged: (event: TelemetryEvent) => void = () => {}) {
  const { db, tombstones } = parts;
  const steps = purgeArchive(
    { db, archive: folderOf(path), tables: TABLES, tombstones },
    onPurged,
  );
  while (!steps.next().done);
}

function bury({ db, tombstones }: Parts, session: string): void {
  db.exec(
    `insert into purge_sessions
       select id, 9e15 from sessions where session_id = '${session}'`,
  );
  tombstones.add("claude_code", session, 9e15);
}

Deno.test("purgeArchive() takes what was purged out of the parts that hold it", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const events = await fillMonths(parts);
  archive(parts.db, folder.path);
  const before = listParts(parts.db).map(({ id }) => id);
  bury(parts, "early");
  const purged = new Set<string>();

  run(parts, folder.path, ({ eventId }) => purged.add(eventId));

  const left = events.filter((text) => decodeEvent(text).sessionId !== "early");
  assert.deepEqual(allEvents(parts.db, folder.path), left);
  assert.equal(purged.size, 20);
  const after = listParts(parts.db).map(({ id }) => id);
  assert.ok(before.some((id) => after.includes(id)), "what holds nothing of it stays as it is");
});

Deno.test("measureCuts() counts what the archive holds of the events", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  const measure = () => measureCuts(parts.db, TABLES, chooseCuts(parts.db, TABLES, {}, 9e15));
  const stored = measure();
  archive(parts.db, folder.path);
  const archived = measure();

  assert.deepEqual({ ...archived, bytes: 0 }, { ...stored, bytes: 0 });
  const sizes = listParts(parts.db).map(({ bytes }) => bytes);
  const { left } = parts.db.prepare("select sum(length(body)) as left from trace_blocks").get()!;
  assert.equal(archived.bytes, sizes.reduce((sum, bytes) => sum + bytes, Number(left)));
});

Deno.test("purgeArchive() drops a part that nobody can read, if it holds some of it", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  archive(parts.db, folder.path);
  breakAll(folderOf(folder.path));
  bury(parts, "early");

  run(parts, folder.path);

  // Of the other month nothing was purged.
  assert.equal(listParts(parts.db).length, 1);
});

function breakAll(folder: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) breakAll(path);
    else Deno.writeTextFileSync(path, "broken");
  }
}
