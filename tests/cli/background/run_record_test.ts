/** Tests of the record of the last run: who it was, whether it runs, and how it ended. */

import { deepEqual, equal, ok } from "node:assert/strict";
import {
  readLastRun,
  recordEnd,
  recordStart,
  takeRunLock,
} from "../../../cli/background/run_record.ts";
import { systemClock } from "../../../core/clock.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { LogFile } from "../../../core/log_file.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";

const AT = Date.parse("2026-03-01T12:00:00.000Z");

function homeOf(machine: Machine) {
  const home = homeAt(machine.home);
  makeHome(home);
  Deno.mkdirSync(home.logs);
  return home;
}

Deno.test("readLastRun() knows none, when nothing ran, and asks without making a folder", () => {
  using machine = tempMachine();
  equal(readLastRun(homeAt(machine.home)), undefined);
  equal(readLastRun(homeOf(machine)), undefined);
});

Deno.test("readLastRun() says that it runs, as long as the lock is held", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  recordStart(home, 7, AT);
  {
    using _lock = takeRunLock(home);
    ok(readLastRun(home)!.is_running);
    equal(takeRunLock(home), undefined);
  }
  deepEqual(readLastRun(home), {
    pid: 7,
    started_at: "2026-03-01T12:00:00.000Z",
    is_running: false,
    ended_at: null,
    exit_code: null,
    signal: null,
    last_error: null,
  });
});

Deno.test("readLastRun() tells an exit code from a signal", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  for (const [code, exit_code, signal] of [[0, 0, null], [1, 1, null], [137, null, "SIGKILL"]]) {
    recordStart(home, 7, AT);
    recordEnd(home, Number(code), AT + 1000);
    const run = readLastRun(home)!;
    deepEqual([run.exit_code, run.signal], [exit_code, signal]);
    equal(run.ended_at, "2026-03-01T12:00:01.000Z");
  }
});

Deno.test("readLastRun() tells the last error of this run, and of no other", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  let now = AT - 1000;
  const log = new LogFile(home.log, { ...systemClock, now: () => now });
  log.write("error", "Cannot do the old thing");
  recordStart(home, 7, AT);
  equal(readLastRun(home)!.last_error, null);
  now = AT + 1000;
  log.write("error", "Cannot do the first thing");
  log.write("error", "Cannot do the last thing");
  log.write("end", "exit code 1");
  equal(readLastRun(home)!.last_error, "Cannot do the last thing");
});

Deno.test("readLastRun() passes over a record that is none", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  for (const text of ["", "{", "null", '{"pid":"7"}', '{"pid":7}']) {
    Deno.writeTextFileSync(home.run, text);
    equal(readLastRun(home), undefined, text);
  }
});

Deno.test("recordEnd() holds up nothing, when it cannot write", () => {
  using machine = tempMachine();
  const home = homeOf(machine);
  Deno.removeSync(home.logs);
  recordEnd(home, 0, AT);
  equal(readLastRun(home), undefined);
});
