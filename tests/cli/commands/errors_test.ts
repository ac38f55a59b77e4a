/** Tests of `blueplane errors`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { NOON } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const CLOCK = { now: () => NOON, sleep: nextTurn };

Deno.test("runErrors() tells how tools failed in a period, in every format", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true });
  await tellHome(machine.home, ...alikeSessions().flatMap(({ events }) => events));
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runHere(machine, ["errors", ...args], {
      clock: CLOCK,
    });
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };

  const { schema, patterns } = JSON.parse(await run("--json"));
  deepEqual([schema, patterns.length], ["blueplane.error_patterns/1", 1]);
  equal(JSON.parse(await run("-p", "7d", "--json")).failed, 3);
  equal(JSON.parse(await run("--since", "2026-02-27", "--json")).failed, 1);
  match(await run("--tool", "Bash"), /^No pattern: 0 failed calls of 14/);
  match(await run("-f", "csv"), /^tool,error,/);
  match(await run("-f", "markdown"), /^\| tool \|/);
  match(await run(), /file_not_read/);
});

Deno.test("runErrors() takes a wrong time for a wrong call", async () => {
  using machine = tempMachine();
  equal((await runHere(machine, ["errors", "--since", "soon"])).code, 2);
});
