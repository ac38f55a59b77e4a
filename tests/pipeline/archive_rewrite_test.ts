/** Tests of taking events out of the archive, broken off or not. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { decodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { Archive } from "../../pipeline/archive.ts";
import { listParts, placeOfPart } from "../../pipeline/archive_parts.ts";
import { rewriteParts } from "../../pipeline/archive_rewrite.ts";
import { allEvents, archive, fillMonths, folderOf } from "./archive_stage.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

function ofSession(session: string) {
  return ({ sessionId }: TelemetryEvent) => sessionId === session;
}

function rewrite(
  db: Parameters<typeof rewriteParts>[0],
  path: string,
  isGone: (event: TelemetryEvent) => boolean,
  { steps = Infinity, unreadable = "keep" as "keep" | "drop" } = {},
) {
  const run = rewriteParts(db, folderOf(path), { isGone, unreadable: () => unreadable });
  for (let step = 0; step < steps; step++) {
    const next = run.next();
    if (next.done) return next.value;
  }
  return undefined;
}

Deno.test("rewriteParts() takes out what goes, and no other event", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const events = await fillMonths(parts);
  archive(parts.db, folder.path);

  const done = rewrite(parts.db, folder.path, ofSession("turn"));

  deepEqual(done, { events: 10, parts: 2 });
  deepEqual(
    allEvents(parts.db, folder.path),
    events.filter((text) => !ofSession("turn")(decodeEvent(text))),
  );
  deepEqual(new Archive(parts.db, folderOf(folder.path)).broken(), []);
  deepEqual(rewrite(parts.db, folder.path, ofSession("turn")), { events: 0, parts: 0 });
  deepEqual(rewrite(parts.db, folder.path, () => true), { events: 40, parts: 2 });
  deepEqual([...Deno.readDirSync(folderOf(folder.path))], []);
});

Deno.test("rewriteParts() leaves each part old or new, wherever it is broken off", async () => {
  for (let steps = 1, isDone = false; !isDone; steps++) {
    using folder = tempDatabase();
    using parts = openParts(folder.path);
    const events = await fillMonths(parts);
    archive(parts.db, folder.path);
    const left = events.filter((text) => !ofSession("early")(decodeEvent(text)));

    isDone = rewrite(parts.db, folder.path, ofSession("early"), { steps }) !== undefined;

    const now = allEvents(parts.db, folder.path);
    ok(now.length === events.length || now.length === left.length, `after ${steps} steps`);
    rewrite(parts.db, folder.path, ofSession("early"));
    deepEqual(allEvents(parts.db, folder.path), left);
  }
});

Deno.test("rewriteParts() drops what nobody can read only when it is told so", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  archive(parts.db, folder.path);
  const path = `${folderOf(folder.path)}/${placeOfPart(listParts(parts.db)[0]!)}`;
  Deno.writeTextFileSync(path, "nothing");

  deepEqual(rewrite(parts.db, folder.path, ofSession("late")), { events: 0, parts: 0 });
  equal(listParts(parts.db).length, 2);
  deepEqual(rewrite(parts.db, folder.path, ofSession("late"), { unreadable: "drop" }), {
    events: 25,
    parts: 1,
  });
  equal(listParts(parts.db).length, 1);
});
