/** Tests of `blueplane start`, which runs the source as a process of its own. */

import { deepEqual, equal, match } from "node:assert/strict";
import { serveWords, unusedOptions } from "../../../cli/commands/start.ts";
import { type Clock, systemClock } from "../../../core/clock.ts";
import { homeAt } from "../../../core/home.ts";
import { type Machine, runSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

/** The time of this machine, so many times as fast. */
function quickClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    sleep: (timeoutMs, signal) => systemClock.sleep(timeoutMs / times, signal),
  };
}

/** Runs `use` and leaves nothing running. */
async function andStop(machine: Machine, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    await runHere(machine, ["stop"]);
  }
}

Deno.test("runStart() starts a server that outlives it, once, and says where it is", async () => {
  using machine = tempMachine();
  await andStop(machine, async () => {
    const first = await runSource(machine, ["start", "--port", "0"]);
    deepEqual([first.code, first.stderr], [0, ""]);
    const [, url, pid] = /^Blueplane is at (http:\S+) \(pid (\d+); blueplane stop ends it\)\n$/
      .exec(first.stdout) ?? [];
    const { pid: answered } = await (await fetch(`${url}/healthz`)).json();
    equal(String(answered), pid);
    const again = await runHere(machine, ["start", "--json"]);
    const { started, server } = JSON.parse(again.stdout);
    deepEqual([again.code, started, server.pid, server.url], [0, false, answered, url]);
    const other = await runHere(machine, ["start", "--port", "9"]);
    deepEqual([other.code, other.stderr], [
      0,
      "note: --port 9 is not used, as it runs already; blueplane stop ends it first\n",
    ]);
    match(
      (await runHere(machine, ["start", "--no-capture", "--no-web"])).stderr,
      /^note: --no-capture, --no-web are not used, as it runs already; /,
    );
    equal((await runHere(machine, ["start", "--port", URL.parse(url!)!.port])).stderr, "");
  });
});

Deno.test("runStart() starts one of two, when both start at once", async () => {
  using machine = tempMachine();
  await andStop(machine, async () => {
    const start = () => runSource(machine, ["start", "--port", "0", "--json"]);
    const both = await Promise.all([start(), start()]);
    deepEqual(both.map(({ code, stderr }) => ({ code, stderr })), [
      { code: 0, stderr: "" },
      { code: 0, stderr: "" },
    ]);
    const [one, two] = both.map(({ stdout }) => JSON.parse(stdout));
    deepEqual([one.started, two.started].sort(), [false, true]);
    equal(one.server.pid, two.server.pid);
  });
  equal((await runHere(machine, ["stop"])).code, 3);
});

Deno.test({
  name: "runStart() says so soon, when a server runs that does not answer",
  ignore: Deno.build.os === "windows", // There is no SIGSTOP.
  async fn() {
    using machine = tempMachine();
    await andStop(machine, async () => {
      const first = await runSource(machine, ["start", "--port", "0", "--json"]);
      const { pid } = JSON.parse(first.stdout).server;
      Deno.kill(pid, "SIGSTOP");
      try {
        const { code, stdout, stderr } = await runHere(machine, ["start"], {
          clock: quickClock(20),
        });
        deepEqual([code, stdout], [1, ""]);
        match(stderr, /it runs, but has not answered for 15 seconds; .*blueplane stop ends it/);
        const later: Clock = { ...systemClock, now: () => Date.now() + 120_000 };
        const status = await runHere(machine, ["status"], { clock: later });
        match(
          status.stdout,
          new RegExp(`^server +does not answer \\(pid ${pid}, started 2 min ago`),
        );
      } finally {
        Deno.kill(pid, "SIGCONT");
      }
    });
  },
});

Deno.test("runStart() shows the end of the log, when the server dies at once", async () => {
  using machine = tempMachine();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const { code, stdout, stderr } = await runSource(machine, ["start", "--port", String(port)]);
  deepEqual([code, stdout], [1, ""]);
  const lines = stderr.trimEnd().split("\n");
  match(lines.at(-3)!, / error {3}Cannot listen on .*: the port is in use/);
  match(lines.at(-1)!, /^error: Cannot start the server: it ended with exit code 1; its last/);
  const status = await runHere(machine, ["status", "--json"]);
  const { last_run } = JSON.parse(status.stdout);
  deepEqual([status.code, last_run.exit_code, last_run.signal], [3, 1, null]);
  match(last_run.last_error, /^Cannot listen on .*: the port is in use/);
});

Deno.test("runStart() refuses settings that cannot be, before it starts anything", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["start", "--host", "0.0.0.0"]);
  deepEqual([code, /loopback/.test(stderr)], [2, true]);
  equal((await runHere(machine, ["logs"])).code, 3);
});

Deno.test("serveWords() hands on every option, and names the home as it is from anywhere", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  const words = serveWords({ io, home: homeAt(machine.home) }, {
    port: 0,
    host: "::1",
    open: true,
    capture: false,
    web: false,
  });
  const called = "/usr/bin/blueplane serve --log --home".split(" ");
  const options = "--port 0 --host ::1 --no-capture --no-web".split(" ");
  deepEqual(words, [...called, machine.home, ...options]);
});

Deno.test("unusedOptions() are those that the running server does not fulfil", () => {
  const asked = { capture: true, web: true };
  const url = "http://127.0.0.1:7531";

  deepEqual(unusedOptions({ url }, asked), []);
  deepEqual(unusedOptions({ url }, { ...asked, port: 7531, host: "127.0.0.1", open: true }), []);
  deepEqual(unusedOptions({ url }, { ...asked, port: 0 }), []);
  deepEqual(unusedOptions({ url }, { port: 9, host: "::1", capture: false, web: false }), [
    "--port 9",
    "--host ::1",
    "--no-capture",
    "--no-web",
  ]);
  deepEqual(unusedOptions({ url: "http://[::1]:80" }, { ...asked, host: "::1", port: 80 }), []);
  deepEqual(unusedOptions({ url, captures: false }, { ...asked, capture: false }), []);
  deepEqual(unusedOptions({ url: "" }, { ...asked, port: 9, open: true, web: false }), [
    "--port 9",
    "--open",
  ]);
});
