/** Tests of settings through the binary: set, seen by the server, validated, unset. */

import { deepEqual, equal, match } from "node:assert/strict";
import { binaryPath, runBinary, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Terminal } from "./terminal.ts";

Deno.test("blueplane config sets what the server takes, and says what is wrong", async () => {
  using machine = tempMachine();
  const run = (...args: string[]) => runBinary(machine, args);
  equal((await run("config", "set", "web.port", "0")).code, 0);
  try {
    const { server } = JSON.parse((await run("start", "--json")).stdout);
    equal((await (await fetch(`${server.url}/healthz`)).json()).pid, server.pid);
    match((await run("config", "set", "web.host", "::1")).stderr, /note: the running server/);
  } finally {
    await run("stop");
  }
  const path = (await run("config", "path")).stdout.trimEnd();
  equal(path, `${machine.home}/config.json`);
  Deno.writeTextFileSync(path, '{\n  // mine\n  "web": { "prot": 1 }\n}\n');
  const { code, stderr } = await run("config", "validate");
  deepEqual([code, stderr], [
    2,
    "error: Cannot use config.json: line 3, column 12: there is no setting 'web.prot'; " +
    "did you mean web.port?\n",
  ]);
  equal((await run("status")).code, 2);
});

Deno.test({
  name: "blueplane config set asks for a value, and leaves the next line to the shell",
  ignore: Deno.build.os === "windows", // It has no such terminal.
  async fn() {
    using machine = tempMachine();
    const call = `"${binaryPath()}" config set web.port`;
    await using terminal = new Terminal(`${call}; read next; echo "<$next>"`, machine.env);
    await terminal.type("8123\n");
    await until("it is set", () => terminal.text.includes("web.port is set"));
    await terminal.type("mine\n");
    equal(await terminal.ended(), 0);
    match(terminal.text, /<mine>/);
    equal((await runBinary(machine, ["config", "get", "web.port"])).stdout, "8123\n");
  },
});
