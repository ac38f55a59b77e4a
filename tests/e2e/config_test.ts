/** Tests of settings through the binary: set, seen by the server, validated, unset. */

import { deepEqual, equal, match } from "node:assert/strict";
import { runBinary, tempMachine } from "../helpers/run_blueplane.ts";

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
