/** Tests of `blueplane worker`: which of its ways it goes. */

import { deepEqual, equal, match } from "node:assert/strict";
import { loadedBy } from "../../helpers/loaded_by.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("runWorker() is used wrongly without exactly one of its ways", async () => {
  using machine = tempMachine();
  for (const args of [[], ["--invite", "--join"], ["--role", "capture", "--invite"]]) {
    const { code, stdout, stderr } = await runHere(machine, ["worker", ...args]);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, /^error: Cannot run a worker: give one of --role capture, --invite and --join/);
  }
});

Deno.test("runWorker() is used wrongly with another role, or a name for nothing", async () => {
  using machine = tempMachine();
  const wrong = [["--role", "dig"], ["--role", "capture", "--name", " "], [
    "--join",
    "--name",
    "laptop",
  ]];
  for (const args of wrong) {
    const { code, stderr } = await runHere(machine, ["worker", ...args]);
    deepEqual(code, 2, stderr);
    match(stderr, /^error: Cannot /);
  }
});

Deno.test("runWorker() loads no Redis before it captures, nor does any command", () => {
  const folder = new URL("../../../cli/commands/", import.meta.url);
  const entries = [...Deno.readDirSync(folder)].map(({ name }) => new URL(name, folder).href);
  for (const entry of entries) {
    const loaded = loadedBy(entry);
    equal(loaded.length > 1, true);
    deepEqual(loaded.filter((name) => /ioredis|redis_connection/.test(name)), [], entry);
  }
});
