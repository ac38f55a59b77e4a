/** Archive, backup, restore and damage, as a user meets them with the binary. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Machine, runBinary, startBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const SESSIONS = 12;
const PAGE_BYTES = 4096, HOUR_MS = 3_600_000;

async function run(machine: Machine, args: readonly string[], stdin?: string) {
  const { code, stdout, stderr } = await runBinary(
    machine,
    args,
    stdin === undefined ? {} : { stdin },
  );
  return { code, stdout, stderr };
}

async function reports(machine: Machine): Promise<string> {
  const sessions = await run(machine, ["sessions", "-n", "0", "--json", "--no-sync"]);
  const events = await run(machine, ["export", "--what", "events", "-f", "csv", "-p", "all"]);
  return sessions.stdout + events.stdout.split("\n").sort().join("\n");
}

Deno.test("blueplane keeps each event once, whatever becomes of its files", async () => {
  using machine = tempMachine();
  const startedAt = Date.now() - HOUR_MS;
  for (let session = 1; session <= SESSIONS; session++) {
    // What is to come is in no report until it is there.
    const transcript = new Transcript(machine.claude, { session, startedAt });
    for (let turn = 0; turn < 20; turn++) transcript.prompt().response({ tool: "Bash" }).result();
  }
  equal((await run(machine, ["sync"])).code, 0);
  const before = await reports(machine);

  // Killed anywhere, archiving goes on where it was.
  for (const afterMs of [100, 250]) {
    await using killed = startBinary(machine, ["archive", "--older-than", "0d"]);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await killed.stop("SIGKILL");
    equal(await reports(machine), before);
  }
  equal((await run(machine, ["archive", "--older-than", "0d"])).code, 0);
  equal(await reports(machine), before);
  equal((await run(machine, ["rebuild"])).code, 0);
  equal(await reports(machine), before);

  // A backup with its key comes back in another folder.
  const file = `${machine.path}/all.tar.gz`, passphrase = "correct horse battery\n";
  equal((await run(machine, ["backup", file, "--with-key"], passphrase)).code, 0);
  const home = `${machine.path}/other`;
  const there = { ...machine, home, env: { ...machine.env, BLUEPLANE_HOME: home } };
  const restored = await run(there, ["restore", file, "--with-key"], passphrase);
  deepEqual([restored.code, restored.stderr], [0, ""]);
  equal(await reports(there), before);
  equal((await run(there, ["sync", "--json"])).code, 0);
  equal(await reports(there), before);

  // A page that is gone, and then the whole file.
  const database = `${there.home}/telemetry.db`;
  const bytes = Deno.readFileSync(database);
  Deno.writeFileSync(database, bytes.fill(0, 0, PAGE_BYTES));
  match((await run(there, ["sync"])).stderr, /^warning: The database was damaged/);
  equal(await reports(there), before);
  Deno.removeSync(database);
  match((await run(there, ["sync"])).stderr, /^warning: The database is gone/);
  equal(await reports(there), before);
  const audit = await run(there, ["privacy", "audit", "-q"]);
  equal(audit.code, 0, audit.stdout);
  ok((await run(there, ["doctor"])).stdout.includes("of the archive"));
});
