/** Tests of `blueplane restore`: what comes back, what is refused, what a missing key means. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runRestore } from "../../../cli/commands/restore.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
import { homeAt } from "../../../core/home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { filesIn as allFilesIn, fillHome, reports } from "../backup/backup_stage.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

const PASSPHRASE = "correct horse battery";

/** All files but those that come and go with a connection. */
function filesIn(folder: string) {
  const passing = /-(wal|shm)$|\.(lock|wanted|lent)$/;
  return Object.entries(allFilesIn(folder)).filter(([name]) => !passing.test(name));
}

/** A machine that was backed up, with or without its key. */
async function backedUp(machine: Machine, withKey: boolean): Promise<string> {
  await fillHome(machine);
  const path = `${machine.path}/all.tar.gz`;
  const args = ["backup", path, ...withKey ? ["--with-key"] : []];
  const { code, stderr } = await runHere(machine, args, { stdin: `${PASSPHRASE}\n` });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return path;
}

/** The same machine with another data folder. */
function moved(machine: Machine): Machine {
  const home = `${machine.path}/other`;
  return { ...machine, home, env: { ...machine.env, BLUEPLANE_HOME: home } };
}

Deno.test("runRestore() gives back every report, and goes on with the key", async () => {
  using machine = tempMachine();
  const path = await backedUp(machine, true);
  const before = await reports(machine), there = moved(machine);

  const wrong = await runHere(there, ["restore", path, "--with-key"], { stdin: "another one\n" });
  deepEqual([wrong.code, wrong.stdout], [2, ""]);
  match(wrong.stderr, /the passphrase is another one/);
  deepEqual(filesIn(there.home), []);
  const restored = await runHere(there, ["restore", path, "--with-key", "--json"], {
    stdin: `${PASSPHRASE}\n`,
  });

  const { made_at: _at, bytes, files, database_schema, ...rest } = JSON.parse(restored.stdout);
  deepEqual(rest, {
    schema: "blueplane.restore/1",
    dry_run: false,
    version: rest.version,
    has_key: true,
    key: "restored",
  });
  ok(bytes > 0 && files > 3 && database_schema > 10);
  const { findings } = JSON.parse((await runHere(there, ["doctor", "--json"])).stdout);
  equal(findings.find(({ id }: { id: string }) => id === "log").severity, "ok");
  equal(await reports(there), before);
  equal((await runHere(there, ["doctor", "--json"])).code, 0);
  // What is read again is known; what is new is read.
  equal(
    JSON.parse((await runHere(there, ["sync", "--json"])).stdout).platforms.claude_code
      .events_new,
    0,
  );
  new Transcript(machine.claude, { session: 9 }).prompt();
  equal(
    JSON.parse((await runHere(there, ["sync", "--json"])).stdout).platforms.claude_code
      .events_new,
    1,
  );
});

Deno.test("runRestore() without the key shows what is stored, and reads nothing new", async () => {
  using machine = tempMachine();
  const path = await backedUp(machine, false);
  const before = await reports(machine), there = moved(machine);

  const restored = await runHere(there, ["restore", path]);

  equal(restored.code, 0);
  match(restored.stderr, /^note: the key that this data was made with is not here/);
  const nameless = before.replaceAll(/"project_label": "[^"]*"/g, '"project_label": null');
  equal(await reports(there), nameless);
  const sync = await runHere(there, ["sync"]);
  deepEqual([sync.code, sync.stdout], [1, ""]);
  match(sync.stderr, /install.key is not the key that this data was made with/);
  const metrics = await runHere(there, ["metrics", "-p", "all"]);
  equal(metrics.code, 0);
  match(metrics.stderr, /^warning: .*what follows is what was stored before/);
  equal(await reports(there), nameless);
  // With the key of old, it goes on.
  Deno.copyFileSync(`${machine.home}/install.key`, `${there.home}/install.key`);
  equal((await runHere(there, ["sync"])).code, 0);
});

Deno.test("runRestore() says first that there is no backup", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  for (
    const [path, why] of [
      [`${machine.path}/none.tar.gz`, "there is no such file"],
      [machine.path, "it is a folder"],
    ]
  ) {
    for (const more of [[], ["--force"]]) {
      const { code, stderr } = await runHere(machine, ["restore", path!, ...more]);
      deepEqual({ code, stderr }, { code: 1, stderr: `error: Cannot read the backup: ${why}\n` });
    }
  }
});

Deno.test("runRestore() refuses to overwrite, and to work beside who writes", async () => {
  using machine = tempMachine();
  const path = await backedUp(machine, false);
  const before = filesIn(machine.home);

  const refused = await runHere(machine, ["restore", path]);
  equal(refused.code, 2);
  match(refused.stderr, /the data folder is not empty; --force replaces/);
  {
    using _lock = takeHomeLock(homeAt(machine.home));
    const beside = await runHere(machine, ["restore", path, "--force"]);
    equal(beside.code, 1);
    match(beside.stderr, /another blueplane is writing; stop it first/);
  }
  deepEqual(filesIn(machine.home), before);

  const atBackup = await reports(machine);
  new Transcript(machine.claude, { session: 8 }).prompt();
  await runHere(machine, ["sync"]);
  const { code, stderr } = await runHere(machine, ["restore", path, "--force"]);
  // Its own key is there still.
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  equal(await reports(machine), atBackup);
});

Deno.test("runRestore() looks at a backup and leaves all alone with --dry-run", async () => {
  using machine = tempMachine();
  const path = await backedUp(machine, false);
  const before = filesIn(machine.home);
  const io = recordedIo(machine, []);

  equal(await runRestore(io, { color: false, sync: true }, { dryRun: true }, path), 0);

  match(io.stdout.text, /^The backup is sound: \d files/);
  deepEqual(filesIn(machine.home), before);
  Deno.writeTextFileSync(path, "no backup");
  const { code, stderr } = await runHere(machine, ["restore", path, "--force"]);
  equal(code, 1);
  match(stderr, /^error: Cannot read the backup: the file is none, or is damaged\n$/);
  deepEqual(filesIn(machine.home), before);
});
