/** Tests of `blueplane similar`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("runSimilar() compares with a session or a task, in every format", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true });
  await tellHome(machine.home, ...alikeSessions().flatMap(({ events }) => events));
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runHere(machine, ["similar", ...args]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };

  const { schema, like, sessions, coverage } = JSON.parse(
    await run("code-4", "-n", "2", "--json"),
  );
  deepEqual([schema, like], ["blueplane.similar/1", { session_id: "code-4" }]);
  deepEqual([sessions.length, coverage.rebuild_blocks_total], [2, 0]);
  // Two sessions are the latest at the same time: the first by its id is the last.
  equal(JSON.parse(await run("--json")).like.session_id.slice(-2), "-0");
  const told = JSON.parse(await run("--task", "fix the test in a.ts", "--json"));
  deepEqual(told.like.task.extensions, ["ts"]);
  match(await run("code-4", "--project", "nowhere", "-q"), /^Too little to compare: 0 of 10/);
  match(await run("code-4", "-f", "csv"), /^session_id,/);
  match(await run("code-4", "-f", "markdown"), /^\| session \|/);
});

Deno.test("runSimilar() wants one thing to compare with, and one that there is", async () => {
  using machine = tempMachine();
  const run = async (...args: string[]) => {
    const { code, stderr } = await runHere(machine, ["similar", ...args]);
    return [code, stderr.includes("secret")];
  };

  deepEqual(await run("last", "--task", "secret"), [2, false]);
  deepEqual(await run("last"), [3, false]);
  deepEqual(await run("--task", "secret"), [0, false]);
});
