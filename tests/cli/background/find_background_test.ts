/** Tests of finding the server that runs: by its answer, or by the lock that it holds. */

import { deepEqual, equal } from "node:assert/strict";
import { findBackground } from "../../../cli/background/find_background.ts";
import { recordStart, takeRunLock } from "../../../cli/background/run_record.ts";
import { writeServerNote } from "../../../cli/server_file.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";

const STARTED = "2026-03-01T12:00:00.000Z";

function homeOf(machine: Machine) {
  const home = homeAt(machine.home);
  makeHome(home);
  return home;
}

Deno.test("findBackground() finds none, when note and record are of the dead", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  equal(await findBackground(home), undefined);
  writeServerNote(home, { pid: Deno.pid, url: "", started_at: STARTED });
  Deno.mkdirSync(home.logs);
  recordStart(home, Deno.pid, 0);
  equal(await findBackground(home), undefined);
});

Deno.test("findBackground() finds one that does not answer yet, by its lock", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  using _lock = takeRunLock(home);
  recordStart(home, 7, Date.parse(STARTED));
  deepEqual(await findBackground(home), { pid: 7, startedAt: STARTED, isWorker: false });
});

Deno.test("findBackground() finds one without a page, and tells a capture worker", async () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  using _lock = takeHomeLock(home);
  for (const machineName of [undefined, "1a2b3c4d"]) {
    const named = machineName === undefined ? {} : { machine: machineName };
    using _note = writeServerNote(home, { pid: 7, url: "", started_at: STARTED, ...named });
    deepEqual(await findBackground(home), {
      pid: 7,
      url: "",
      startedAt: STARTED,
      isWorker: machineName !== undefined,
    });
  }
});
