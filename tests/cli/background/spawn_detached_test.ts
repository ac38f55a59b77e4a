/** Tests of a process that outlives its parent, and of what is recorded of its end. */

import { deepEqual, equal } from "node:assert/strict";
import { isAlive } from "../../../cli/background/process_signal.ts";
import { readLastRun, recordStart } from "../../../cli/background/run_record.ts";
import { spawnDetached } from "../../../cli/background/spawn_detached.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { type Machine, tempMachine, until } from "../../helpers/run_blueplane.ts";

const isUnix = Deno.build.os !== "windows"; // There the process is not watched: it has no signals.

async function startIn(machine: Machine) {
  const home = homeAt(machine.home);
  makeHome(home);
  Deno.mkdirSync(home.logs, { recursive: true });
  const script = "setInterval(() => {}, 1000)";
  const child = await spawnDetached(home, [Deno.execPath(), "eval", script]);
  recordStart(home, child.pid, 0);
  return { home, child };
}

Deno.test({
  name: "spawnDetached() records the signal that ended it",
  ignore: !isUnix,
  async fn() {
    using machine = tempMachine();
    const { home, child } = await startIn(machine);
    Deno.kill(child.pid, "SIGKILL");
    await child.ended;
    const run = readLastRun(home)!;
    deepEqual([run.pid, run.signal, run.exit_code], [child.pid, "SIGKILL", null]);
    equal(Number.isNaN(Date.parse(run.ended_at!)), false);
  },
});

Deno.test({
  name: "spawnDetached() records nothing of a process whose record is another's by now",
  ignore: !isUnix,
  async fn() {
    using machine = tempMachine();
    const { home, child } = await startIn(machine);
    recordStart(home, child.pid + 1, 0);
    child.end();
    await child.ended;
    equal(readLastRun(home)!.ended_at, null);
  },
});

Deno.test("spawnDetached() can be ended, also when it has ended already", async () => {
  using machine = tempMachine();
  const { child } = await startIn(machine);
  equal(isAlive(child.pid), true);
  child.end();
  await child.ended;
  await until("it is gone", () => !isAlive(child.pid));
  child.end();
});
