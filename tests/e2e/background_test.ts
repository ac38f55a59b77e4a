/** Tests of the binary in the background: started, followed, killed, explained, stopped. */

import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import {
  binaryPath,
  runBinary,
  startBinary,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

Deno.test("blueplane start goes on without its starter, until it is stopped", async () => {
  using machine = tempMachine();
  const run = (...args: string[]) => runBinary(machine, args);
  const transcript = new Transcript(machine.claude).prompt();
  try {
    const started = await run("start", "--port", "0");
    deepEqual([started.code, started.stderr], [0, ""]);
    const [url] = /http:\/\/[\d.:]+/.exec(started.stdout)!;
    const prompts = async () =>
      (await (await fetch(`${url}/api/v1/metrics`)).json()).totals.user_prompts;
    await until("it reads", async () => await prompts() === 1);
    transcript.prompt("More");
    await until("it follows", async () => await prompts() === 2);
    equal((await run("status")).code, 0);
    await using following = startBinary(machine, ["logs", "-f"]);
    await following.until("it shows the log", () => following.stdout.includes("Blueplane is at"));
    const stopped = await run("stop");
    deepEqual([stopped.code, stopped.stderr], [0, ""]);
    await following.until("it shows the end", () => / end .*exit code 0/.test(following.stdout));
    equal((await following.stop("SIGINT")).code, 0);
    match((await run("status")).stdout, /^last run +was stopped \(now\)$/m);
    doesNotMatch((await run("logs", "-n", "0")).stdout, /blueplane_test|projects/);
  } finally {
    await run("stop");
  }
});

Deno.test({
  name: "blueplane status explains a server that was killed, and start starts it anew",
  ignore: Deno.build.os === "windows", // It has no signals.
  async fn() {
    using machine = tempMachine();
    const run = (...args: string[]) => runBinary(machine, args);
    try {
      const { server } = JSON.parse((await run("start", "--port", "0", "--json")).stdout);
      Deno.kill(server.pid, "SIGKILL");
      await until("the end is seen", async () => {
        const { last_run } = JSON.parse((await run("status", "--json")).stdout);
        return last_run.signal === "SIGKILL";
      });
      const status = await run("status");
      equal(status.code, 3);
      match(status.stdout, /^last run +was ended by SIGKILL/m);
      equal((await run("stop")).code, 3);
      const again = JSON.parse((await run("start", "--port", "0", "--json")).stdout);
      ok(again.started && again.server.pid !== server.pid);
    } finally {
      await run("stop");
    }
  },
});

Deno.test({
  name: "blueplane start lets go of the terminal, also in a pipe",
  ignore: Deno.build.os === "windows", // Its shell has no such pipe.
  async fn() {
    using machine = tempMachine();
    try {
      const { BLUEPLANE_HOME: _, ...env } = machine.env;
      const started = await runBinary(
        machine,
        ["--home", machine.home, "start", "--port", "0", "-q"],
        { env },
      );
      // Its streams have ended, or this would not be reached.
      deepEqual([started.code, started.stdout, started.stderr], [0, "", ""]);
      equal((await runBinary(machine, ["status"])).code, 0);
    } finally {
      await runBinary(machine, ["stop"]);
    }
  },
});

Deno.test({
  name: "blueplane service names the binary and its home, and takes back what it wrote",
  ignore: Deno.build.os !== "linux", // The others have their files elsewhere.
  async fn() {
    using machine = tempMachine();
    const run = (...args: string[]) => runBinary(machine, args);
    const dry = await run("service", "install", "--dry-run");
    equal(dry.code, 0);
    ok(
      dry.stdout.includes(
        `ExecStart="${binaryPath()}" "serve" "--log" "--home" "${machine.home}"`,
      ),
    );
    // The machine has no PATH, so there is no systemctl to disturb anybody's services.
    const installed = await run("service", "install");
    deepEqual([installed.code, installed.stdout], [1, ""]);
    match(installed.stderr, /^error: Cannot start the service: .*systemctl --user enable blue/);
    const path = `${machine.user}/.config/systemd/user/blueplane.service`;
    equal(Deno.readTextFileSync(path), dry.stdout);
    equal((await run("service", "uninstall")).code, 0);
    deepEqual([...Deno.readDirSync(`${machine.user}/.config/systemd/user`)], []);
  },
});
