/** Tests of which files belong into a backup. */

import { deepEqual, equal } from "node:assert/strict";
import { backupFiles, isBackupName } from "../../../cli/backup/backup_files.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

Deno.test("isBackupName() takes names of ours alone", () => {
  for (
    const name of [
      "telemetry.db",
      "config.json",
      "spool/1-2.jsonl",
      "logs/serve.log",
      "archive/platform=claude_code/month=2026-03/part-000001.parquet",
    ]
  ) equal(isBackupName(name), true, name);
  for (
    const name of [
      "",
      "/etc/passwd",
      "../config.json",
      "spool/../config.json",
      "spool/..",
      "spool/",
      "spool//a",
      "install.key",
      "telemetry.lock",
      "logs/run.json",
      "archive/platform=a/month=2026-03/../part-000001.parquet",
      "archive/platform=../month=2026-03/part-000001.parquet",
      "C:\\config.json",
      "config.json\n",
    ]
  ) equal(isBackupName(name), false, name);
});

Deno.test("backupFiles() lists what is there, and follows no link", () => {
  using machine = tempMachine();
  for (const folder of ["spool", "logs", "archive/platform=a/month=2026-01"]) {
    Deno.mkdirSync(`${machine.home}/${folder}`, { recursive: true });
  }
  const part = "archive/platform=a/month=2026-01/part-000001.parquet";
  const kept = [part, "config.json", "purged.json", "spool/a"];
  for (const name of [...kept, "install.key", "telemetry.db", "logs/x"]) {
    Deno.writeTextFileSync(`${machine.home}/${name}`, "x");
  }
  Deno.writeTextFileSync(`${machine.path}/secret`, "x");
  Deno.symlinkSync(`${machine.path}/secret`, `${machine.home}/spool/b`);
  Deno.symlinkSync(machine.path, `${machine.home}/archive/platform=b`);
  Deno.symlinkSync(`${machine.path}/secret`, `${machine.home}/prices.json`);

  deepEqual(backupFiles(machine.home), kept);
});
