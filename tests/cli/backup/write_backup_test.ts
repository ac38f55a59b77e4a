/** Tests of what a backup holds, also while others write. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { unpackBackup } from "../../../cli/backup/unpack_backup.ts";
import { writeBackup } from "../../../cli/backup/write_backup.ts";
import { openForAudit } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { type Home, homeAt } from "../../../core/home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { filesIn, fillHome } from "./backup_stage.ts";

const NOTES = {
  version: "0.1.0",
  made_at: "2026-11-26T12:00:00.000Z",
  key_print: null,
  sealed_key: null,
};

async function backUp(machine: Machine, home: Home) {
  const path = `${machine.path}/backup.tar.gz`, stage = `${machine.path}/unpacked`;
  Deno.writeFileSync(path, new Uint8Array());
  const seen: number[] = [];
  const written = await writeBackup(
    home,
    path,
    NOTES,
    async (done, total) => void seen.push(done / total),
  );
  Deno.mkdirSync(stage);
  await unpackBackup(path, stage, () => {});
  return { ...written, stage, seen };
}

Deno.test("writeBackup() holds all that is the user's, and no key", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const home = homeAt(machine.home);
  const before = filesIn(home.path);

  const { stage, seen, brokenParts } = await backUp(machine, home);

  const unpacked = filesIn(stage);
  const own = Object.keys(before).filter((name) => !/\.lock$|install\.key/.test(name));
  deepEqual(Object.keys(unpacked).sort(), own.sort());
  for (const name of own) if (name !== "telemetry.db") equal(unpacked[name], before[name], name);
  deepEqual([seen.at(-1), brokenParts], [1, []]);
  deepEqual([...Deno.readDirSync(home.temporary)], []);
  using db = openForAudit(`${stage}/telemetry.db`)!;
  equal(db.prepare("select count(*) as n from sessions").get()!.n, 3);
});

Deno.test("writeBackup() is of one moment, while others write", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const home = homeAt(machine.home);
  using writer = openWriter(home.database);
  writer.exec("begin immediate; update sessions set counted = 0");

  const { stage } = await backUp(machine, home);
  writer.exec("rollback");

  using db = openForAudit(`${stage}/telemetry.db`)!;
  equal(db.prepare("select count(*) as n from sessions where counted = 1").get()!.n, 3);
});

Deno.test("writeBackup() names a part of the archive that it cannot have", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  Deno.removeSync(`${machine.home}/archive`, { recursive: true });

  const { brokenParts, manifest } = await backUp(machine, homeAt(machine.home));

  ok(brokenParts[0]?.startsWith("archive/platform=claude_code/month="));
  equal(manifest.files.some(({ name }) => name.startsWith("archive/")), false);
});

Deno.test("writeBackup() refuses a database that is damaged", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const home = homeAt(machine.home);
  const bytes = Deno.readFileSync(home.database);
  Deno.writeFileSync(home.database, bytes.fill(7, 8192));

  await rejects(backUp(machine, home));
  deepEqual([...Deno.readDirSync(home.temporary)], []);
});

Deno.test("writeBackup() holds settings alone, where nothing was ever read", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(`${machine.home}/config.json`, "{}");

  const { manifest } = await backUp(machine, homeAt(machine.home));

  equal(manifest.database_schema, null);
  deepEqual(manifest.files.map(({ name }) => name), ["config.json"]);
});
