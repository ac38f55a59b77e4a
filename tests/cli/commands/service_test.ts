/** Tests of `blueplane service`, without a manager of services: none is asked in a test. */

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { recordStart, takeRunLock } from "../../../cli/background/run_record.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { type Machine, runSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

const isLinux = Deno.build.os === "linux"; // The others have their files elsewhere.

function unitOf(machine: Machine): string {
  return `${machine.user}/.config/systemd/user/blueplane.service`;
}

Deno.test({
  name: "runServiceInstall() prints the file with --dry-run, and changes nothing",
  ignore: !isLinux,
  async fn() {
    using machine = tempMachine();
    const { code, stdout, stderr } = await runHere(machine, ["service", "install", "--dry-run"]);
    equal(code, 0);
    match(stdout, /^ExecStart="\/usr\/bin\/blueplane" "serve" "--log" "--home" ".*"$/m);
    match(stdout, new RegExp(`^Environment="CLAUDE_CONFIG_DIR=${machine.claude}"$`, "m"));
    match(stderr, /^note: would write \S+\nnote: would run systemctl --user daemon-reload && /);
    equal(existsSync(unitOf(machine)), false);
    const json = await runHere(machine, ["service", "install", "--dry-run", "--json"]);
    deepEqual(JSON.parse(json.stdout), {
      schema: "blueplane.service/1",
      manager: "systemd",
      state: "uninstalled",
      dry_run: true,
    });
  },
});

Deno.test({
  name: "runServiceInstall() says what to do by hand, when systemctl is not there",
  ignore: !isLinux,
  async fn() {
    using machine = tempMachine();
    // Without a PATH there is no systemctl.
    const run = (...args: string[]) => runSource(machine, args, { env: { PATH: "/nowhere" } });
    const installed = await run("service", "install");
    deepEqual([installed.code, installed.stdout], [1, ""]);
    match(
      installed.stderr,
      /^error: Cannot start the service: systemctl is not there; .* systemctl --user restart blu/,
    );
    equal(Deno.statSync(unitOf(machine)).mode! & 0o777, 0o600);
    const removed = await run("service", "uninstall");
    deepEqual([removed.code, removed.stderr], [0, ""]);
    equal(existsSync(unitOf(machine)), false);
    equal((await run("service", "uninstall")).code, 3);
  },
});

Deno.test({
  name: "runServiceUninstall() removes no file of someone else's, and install replaces none",
  ignore: !isLinux,
  async fn() {
    using machine = tempMachine();
    Deno.mkdirSync(`${machine.user}/.config/systemd/user`, { recursive: true });
    Deno.writeTextFileSync(unitOf(machine), "[Service]\nExecStart=/my/own\n");
    for (const command of ["install", "uninstall"]) {
      const { code, stderr } = await runHere(machine, ["service", command]);
      equal(code, 1);
      match(stderr, /that blueplane did not write\n$/);
    }
    match(Deno.readTextFileSync(unitOf(machine)), /my\/own/);
  },
});

Deno.test("runServiceInstall() refuses to be the second server in the background", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  using _lock = takeRunLock(home);
  recordStart(home, 7, 0);
  const { code, stderr } = await runHere(machine, ["service", "install"]);
  deepEqual([code, /blueplane stop ends it/.test(stderr)], [1, true]);
});

Deno.test("runServiceInstall() warns of settings that a service does not see", async () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: "redis://ada:secret@127.0.0.1:1" };
  const args = ["service", "install", "--dry-run"];
  const { stdout, stderr } = await runHere(machine, args, { env });
  match(stderr, /^warning: The service does not see BLUEPLANE_REDIS_URL; blueplane config set/);
  doesNotMatch(stdout + stderr, /secret/);
});
