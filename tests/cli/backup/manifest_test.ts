/** Tests of what stands at the beginning of a backup. */

import { deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { BackupError, readManifest } from "../../../cli/backup/manifest.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { told } from "./backup_stage.ts";

const SOUND = {
  schema: "blueplane.backup/1",
  version: "0.1.0",
  made_at: "2026-11-26T12:00:00.000Z",
  database_schema: 12,
  key_print: "0".repeat(32),
  sealed_key: null,
  files: [told("config.json", "{}"), told("spool/a", "x")],
};

Deno.test("readManifest() reads what was written, and nothing beside it", () => {
  deepEqual(readManifest(JSON.stringify({ ...SOUND, more: 1 })), SOUND);
});

Deno.test("readManifest() refuses names that lead elsewhere, or twice to one file", () => {
  for (
    const files of [
      [null],
      [told("../config.json", "x")],
      [told("/config.json", "x")],
      [told("install.key", "x")],
      [told("config.json", "x"), told("config.json", "x")],
      [told("spool/a", "x"), told("spool/A", "x")],
      [{ ...told("spool/a", "x"), name: 7 }],
    ]
  ) {
    const text = JSON.stringify({ ...SOUND, files });
    throws(() => readManifest(text), /holds a file that no backup may hold/);
  }
});

Deno.test("readManifest() throws nothing but its own error, whatever it is given", () => {
  const json = fc.oneof(
    fc.json(),
    fc.string(),
    fc.record({ schema: fc.constant(SOUND.schema), files: fc.array(fc.jsonValue()) }).map((
      value,
    ) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(json, (text) => {
      try {
        readManifest(text);
      } catch (error) {
        return error instanceof BackupError;
      }
      return true;
    }),
    fcRuns(300),
  );
  for (
    const change of [
      { version: "a b" },
      { made_at: "\u001b[2J" },
      { database_schema: "12" },
      { key_print: "x" },
      { sealed_key: {} },
      { files: [{ ...told("spool/a", "x"), bytes: -1 }] },
      { files: [{ ...told("spool/a", "x"), sha256: "x" }] },
    ]
  ) throws(() => readManifest(JSON.stringify({ ...SOUND, ...change })), BackupError);
});
