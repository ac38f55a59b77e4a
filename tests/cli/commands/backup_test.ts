/** Tests of `blueplane backup`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runBackup } from "../../../cli/commands/backup.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { fillHome } from "../backup/backup_stage.ts";
import { interruptedIo, recordedIo, runHere } from "../recorded_io.ts";

Deno.test("runBackup() writes one file for its owner alone, and says what is in it", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const path = `${machine.path}/all.tar.gz`;

  const { code, stdout, stderr } = await runHere(machine, ["backup", path]);
  const again = await runHere(machine, ["backup", path]);
  const forced = await runHere(machine, ["backup", path, "--force", "--json"]);

  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^\d files \(.+\) backed up in .+, without its key\n$/);
  if (Deno.build.os !== "windows") equal(Deno.statSync(path).mode! & 0o777, 0o600);
  deepEqual([again.code, again.stdout], [2, ""]);
  match(again.stderr, /Cannot write the backup: there is such a file; --force replaces it/);
  const { schema, with_key, archive_parts_broken, bytes } = JSON.parse(forced.stdout);
  deepEqual({ schema, with_key, archive_parts_broken }, {
    schema: "blueplane.backup_summary/1",
    with_key: false,
    archive_parts_broken: 0,
  });
  equal(bytes, Deno.statSync(path).size);
});

Deno.test("runBackup() leaves nothing behind, when it is interrupted", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const before = [...Deno.readDirSync(machine.path)].length;
  const io = interruptedIo(machine), path = `${machine.path}/all.tar.gz`;

  equal(await runBackup(io, { color: false, sync: false }, {}, path), 130);

  equal(io.stdout.text, "");
  equal([...Deno.readDirSync(machine.path)].length, before);
  deepEqual([...Deno.readDirSync(`${machine.home}/tmp`)], []);
});

Deno.test("runBackup() leaves no file behind that it could not finish", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const before = [...Deno.readDirSync(machine.path)].length;
  const path = `${machine.path}/all.tar.gz`;
  const io = recordedIo(machine, [], { stdin: "short\n" });

  await runBackup(io, { color: false, sync: true }, { withKey: true }, path).then(
    () => ok(false),
    (error) => match(String(error), /fewer than 8 characters/),
  );

  equal([...Deno.readDirSync(machine.path)].length, before);
});
