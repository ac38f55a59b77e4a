/** Tests of `blueplane status`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { startServe, startSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("runStatus() exits with 3 and says how to start, when nothing runs", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["status"]);
  deepEqual({ code, stderr }, { code: 3, stderr: "" });
  match(stdout, /^server {4}not running; blueplane serve starts it\nstorage {3}nothing yet\n$/);
});

Deno.test("runStatus() tells what is stored, waiting and read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response().write("no JSON\n").add("brand-new", {});
  await runHere(machine, ["sync"]);
  const { stdout } = await runHere(machine, ["status"]);
  match(stdout, /^storage .* for 3 events of 1 sessions?/m);
  match(stdout, /^queue {5}0 events and 0 batches waiting, 0 dead letters$/m);
  match(stdout, /^coverage {2}1 of 1 files? read, 4 lines, 1 broken, 1 of unknown kinds?$/m);
});

Deno.test("runStatus() prints a document, with null where there is nothing", async () => {
  using machine = tempMachine();
  const empty = JSON.parse((await runHere(machine, ["status", "--json"])).stdout);
  equal(Object.keys(empty)[0], "schema");
  equal(empty.schema, "blueplane.status/1");
  deepEqual([empty.server, empty.storage, empty.queue], [null, null, null]);
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const full = JSON.parse((await runHere(machine, ["status", "--json"])).stdout);
  deepEqual(full.queue, { events: 0, changes: 0, dead_letters: 0 });
  equal(full.storage.events, 1);
  deepEqual(full.lines, { read: 1, malformed: 0, unknown: 0 });
});

Deno.test("runStatus() finds the server that runs, and no more after it was killed", async () => {
  using machine = tempMachine();
  const { server, url } = await startServe(machine, [], startSource);
  await using _server = server;
  const running = await runHere(machine, ["status"]);
  equal(running.code, 0);
  match(
    running.stdout,
    new RegExp(`^server {4}running \\(pid ${server.pid}\\) at ${url}, started `),
  );
  await server.stop("SIGKILL");
  const { code, stdout } = await runHere(machine, ["status"]);
  equal(code, 3);
  match(stdout, /^server {4}not running/);
});
