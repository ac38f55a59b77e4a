/** Tests of where the files of the archive lie. */

import { equal, throws } from "node:assert/strict";
import {
  archiveBeside,
  leadsElsewhere,
  monthOf,
  placeOfPart,
} from "../../pipeline/archive_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("placeOfPart() names folders as readers of Parquet take them for columns", () => {
  equal(
    placeOfPart({ id: 7, platform: "claude_code", month: 202603 }),
    "platform=claude_code/month=2026-03/part-000007.parquet",
  );
  equal(archiveBeside("/a/b/telemetry.db"), "/a/b/archive");
});

Deno.test("placeOfPart() refuses a platform that leads elsewhere", () => {
  for (const platform of ["../x", "a/b", "", ".", "a.b"]) {
    throws(() => placeOfPart({ id: 1, platform, month: 202601 }), RangeError, platform);
  }
});

Deno.test("monthOf() is the month in UTC, of any year", () => {
  equal(monthOf(Date.UTC(2026, 11, 31, 23, 59)), 202612);
  equal(monthOf(Date.UTC(2027, 0, 1)), 202701);
  equal(monthOf(0), 197001);
  equal(monthOf(Date.UTC(-1, 4, 1)), -105);
});

Deno.test("leadsElsewhere() sees a link wherever it stands on the way", () => {
  using folder = tempDatabase();
  const archive = archiveBeside(folder.path);
  equal(leadsElsewhere(archive, "a/b/c"), false);
  Deno.mkdirSync(`${archive}/a`, { recursive: true });
  equal(leadsElsewhere(archive, "a/b/c"), false);
  Deno.symlinkSync(`${archive}/a`, `${archive}/a/b`);
  equal(leadsElsewhere(archive, "a/b/c"), true);
  equal(leadsElsewhere(archive, "a/x"), false);
});
