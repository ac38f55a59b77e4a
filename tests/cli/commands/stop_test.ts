/** Tests of `blueplane stop`: whom it ends, and whom it leaves alone. */

import { deepEqual, equal, match } from "node:assert/strict";
import { recordStart } from "../../../cli/background/run_record.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { runSource, startServe, startSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("runStop() ends a server in a terminal, too, and waits until it is gone", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const { server } = await startServe(machine, [], startSource);
  await using _server = server;
  const { code, stdout, stderr } = await runHere(machine, ["stop"]);
  deepEqual([code, stdout, stderr], [0, `The server has ended (pid ${server.pid})\n`, ""]);
  equal((await server.ended).code, 0);
});

Deno.test("runStop() is done with 3, when none runs", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["stop"]);
  deepEqual([code, stdout, stderr], [3, "", "error: Cannot stop the server: none runs\n"]);
});

Deno.test("runStop() leaves a program alone that has the number of a dead server", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  Deno.mkdirSync(home.logs);
  await using bystander = startSource(machine, ["mcp"], { stdin: "" });
  recordStart(home, bystander.pid, Date.now());
  const note = { pid: bystander.pid, url: "http://127.0.0.1:1", started_at: "2026-03-01" };
  Deno.writeTextFileSync(home.serve, JSON.stringify(note));
  equal((await runHere(machine, ["stop"])).code, 3);
  equal((await bystander.ended).signal, null);
});

Deno.test("runStop() says how long it took, as JSON", async () => {
  using machine = tempMachine();
  const started = await runSource(machine, ["start", "--port", "0", "--no-web", "--json"]);
  const { server } = JSON.parse(started.stdout);
  const { code, stdout } = await runHere(machine, ["stop", "--json"]);
  const { schema, pid, duration_ms } = JSON.parse(stdout);
  deepEqual([code, schema, pid], [0, "blueplane.stop/1", server.pid]);
  equal(typeof duration_ms, "number");
  match((await runHere(machine, ["logs"])).stdout, / note {4}asked to stop by SIGTERM\n.* end /);
});
