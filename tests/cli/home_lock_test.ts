/** Tests of the lock of a home. */

import { equal, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { takeHomeLock } from "../../cli/home_lock.ts";
import { findServer, writeServerNote } from "../../cli/server_file.ts";
import { homeAt, makeHome } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";

const STARTED = { started_at: "2026-03-01T12:00:00.000Z" };

function homeOf(machine: { readonly home: string }) {
  const home = homeAt(machine.home);
  makeHome(home);
  return home;
}

Deno.test("takeHomeLock() removes the note of a server that died, when it gets the lock", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  writeServerNote(home, { pid: 7, url: "", ...STARTED });
  using lock = takeHomeLock(home);
  equal(lock === undefined, false);
  equal(existsSync(home.serve), false);
});

Deno.test("takeHomeLock() leaves the note alone, when its server holds the lock", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  using _held = takeHomeLock(home);
  using _note = writeServerNote(home, { pid: 7, url: "", ...STARTED });
  equal(takeHomeLock(home), undefined);
  equal((await findServer(home))?.pid, 7);
});

Deno.test("takeHomeLock() keeps no lock, when the note cannot be removed", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  Deno.mkdirSync(`${home.serve}/full`, { recursive: true });
  throws(() => takeHomeLock(home));
  Deno.removeSync(home.serve, { recursive: true });
  using lock = takeHomeLock(home);
  equal(lock === undefined, false);
});
