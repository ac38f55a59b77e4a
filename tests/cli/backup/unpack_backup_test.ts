/** Tests of unpacking backups that somebody made up, cut or changed. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { BackupError } from "../../../cli/backup/manifest.ts";
import { unpackBackup } from "../../../cli/backup/unpack_backup.ts";
import { SCHEMA } from "../../../core/database.ts";
import { runHere } from "../recorded_io.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { filesIn, fillHome, told, writeMadeUp } from "./backup_stage.ts";

async function unpack(machine: Machine, path: string) {
  const stage = Deno.makeTempDirSync({ dir: machine.path });
  const manifest = await unpackBackup(path, stage, () => {});
  return { manifest, files: filesIn(stage) };
}

Deno.test("unpackBackup() gives what its manifest tells", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/a.tar.gz`;
  const file = told("config.json", "{}");
  await writeMadeUp(path, { files: [file] }, [{ header: { name: file.name }, text: "{}" }]);

  deepEqual((await unpack(machine, path)).files, { "config.json": file.sha256 });
});

Deno.test("unpackBackup() refuses what leads elsewhere, or is not told of", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/a.tar.gz`;
  const config = told("config.json", "{}");
  const whole = { header: { name: "config.json" }, text: "{}" };
  for (
    const [manifest, entries] of [
      [{ files: [] }, [{ header: { name: "../evil" }, text: "x" }]],
      [{ files: [] }, [whole]],
      [{ files: [config] }, []],
      [{ files: [config] }, [whole, whole]],
      [{ files: [config] }, [{ header: { name: "config.json" }, text: "[]" }]],
      [{ files: [config] }, [{ header: { name: "config.json" }, text: "{ }" }]],
      [{ files: [config] }, [
        {
          header: { name: "config.json", type: "symlink", linkname: "/etc/passwd", size: 0 },
          text: "",
        },
      ]],
      [{ files: [config] }, [
        { header: { name: "config.json", type: "link", linkname: "../x", size: 0 }, text: "" },
      ]],
      [{ files: [told("../evil", "x")] }, [{ header: { name: "../evil" }, text: "x" }]],
      [{ files: [{ ...config, bytes: 2 ** 52 }] }, [whole]],
      [{ database_schema: 5, files: [told("telemetry.db", "x")] }, [
        { header: { name: "telemetry.db" }, text: "x" },
      ]],
      [{ database_schema: SCHEMA + 1 }, []],
      ["no json", []],
    ] as Parameters<typeof writeMadeUp> extends [string, infer M, infer E] ? [M, E][] : never
  ) {
    await writeMadeUp(path, manifest, entries);
    await rejects(unpack(machine, path), BackupError, JSON.stringify([manifest, entries]));
  }
  equal([...Deno.readDirSync(machine.path)].some(({ name }) => name === "evil"), false);
});

Deno.test("unpackBackup() refuses a backup that was cut or changed anywhere", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const path = `${machine.path}/a.tar.gz`;
  equal((await runHere(machine, ["backup", path])).code, 0);
  const whole = Deno.readFileSync(path);
  const sound = await unpack(machine, path);
  ok(sound.manifest.files.length >= 3);
  for (let i = 1; i <= 6; i++) {
    const at = Math.floor(whole.length * i / 7);
    const bytes = i % 2 === 0 ? whole.slice(0, at) : whole.slice();
    if (i % 2 === 1) bytes[at]! ^= 0x10;
    Deno.writeFileSync(path, bytes);
    await rejects(unpack(machine, path), BackupError, `byte ${at}`);
  }
  Deno.writeFileSync(path, new Uint8Array());
  await rejects(unpack(machine, path), BackupError);
  await rejects(unpack(machine, `${path}.none`), /there is no such file/);
});

Deno.test("unpackBackup() unpacks no more than was told, however small the file is", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/a.tar.gz`;
  const zeros = "\0".repeat(3_000_000);
  await writeMadeUp(path, { files: [{ ...told("spool/a", zeros), bytes: 10 }] }, [
    { header: { name: "spool/a" }, text: zeros },
  ]);
  ok(Deno.statSync(path).size < 10_000);

  await rejects(unpack(machine, path), BackupError);
});
