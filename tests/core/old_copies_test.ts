/** Tests of finding copies beside the database. */

import { deepEqual } from "node:assert/strict";
import { oldCopies } from "../../core/old_copies.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("oldCopies() finds copies and their logs, and nothing else", () => {
  using folder = tempFolder();
  const names = [
    "telemetry.db",
    "telemetry.db-wal",
    "telemetry.db.damaged-2026-11-26T12-00-00Z",
    "telemetry.db.damaged-2026-11-26T12-00-00Z-wal",
    "telemetry.db.schema-12",
    "telemetry.db.schema-x",
    "telemetry.lock",
    "other.db.schema-1",
  ];
  for (const name of names) Deno.writeTextFileSync(folder.at(name), "x");

  deepEqual(oldCopies(folder.at("telemetry.db")).map(({ name, kind }) => [name, kind]), [
    ["telemetry.db.damaged-2026-11-26T12-00-00Z", "damaged"],
    ["telemetry.db.damaged-2026-11-26T12-00-00Z-wal", "damaged"],
    ["telemetry.db.schema-12", "schema"],
  ]);
});
