/** Tests of taking the archive into a database that knows nothing of it. */

import { deepEqual, equal } from "node:assert/strict";
import { adoptArchive } from "../../pipeline/archive_adopt.ts";
import { Archive } from "../../pipeline/archive.ts";
import { allEvents, archive, fillMonths, folderOf } from "./archive_stage.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("adoptArchive() knows every event again, and takes no other file", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    await fillMonths(parts);
    archive(parts.db, folder.path);
  }
  const at = folderOf(folder.path), month = "platform=claude_code/month=2026-02";
  Deno.copyFileSync(`${at}/${month}/part-000001.parquet`, `${at}/mine.parquet`);
  Deno.symlinkSync(`${at}/platform=claude_code`, `${at}/platform=cursor`);
  Deno.copyFileSync(`${at}/${month}/part-000001.parquet`, `${at}/${month}/part-1.parquet`);
  Deno.writeTextFileSync(`${at}/${month}/part-000009.parquet`, "nothing");
  Deno.removeSync(folder.path);
  using parts = openParts(folder.path);
  const { db, words, traces } = parts;

  const adopted = adoptArchive({ db, words, traces, folder: at });

  deepEqual(adopted, { parts: 2, events: 50, broken: [`${month}/part-000009.parquet`] });
  deepEqual(new Archive(db, at).broken(), []);
  const events = allEvents(db, folder.path);
  equal(events.length, 50);
  parts.append(events);
  deepEqual(allEvents(db, folder.path), events);
  equal(parts.count("trace_blocks"), 0);
});
