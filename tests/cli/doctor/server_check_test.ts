/** Tests of the examination of what runs. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkServer, removeStaleNote } from "../../../cli/doctor/server_check.ts";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { startServe, startSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

const STALE = '{"pid":99999999,"url":"http://127.0.0.1:1","started_at":"x"}';

Deno.test("checkServer() is well, when nothing runs and the port is free", async () => {
  using machine = tempMachine();
  const { port } = freePort();
  const env = { BLUEPLANE_PORT: String(port) };
  const findings = await checkServer(openForDoctor(machine, { env }));
  deepEqual(findings.map(({ id, severity }) => [id, severity]), [["server", "ok"], [
    "port",
    "ok",
  ]]);
});

Deno.test("checkServer() finds a port that another program has", async () => {
  using machine = tempMachine();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const [, finding] = await checkServer(
    openForDoctor(machine, { env: { BLUEPLANE_PORT: String(port) } }),
  );
  equal(finding!.severity, "warning");
  match(finding!.title, /is taken by another program/);
});

Deno.test("checkServer() says nothing of port 0, which takes whichever is free", async () => {
  using machine = tempMachine();
  const findings = await checkServer(openForDoctor(machine));
  deepEqual(findings.map(({ id }) => id), ["server"]);
});

Deno.test("checkServer() finds the server that runs, and its note after a kill", async () => {
  using machine = tempMachine();
  const { server } = await startServe(machine, [], startSource);
  await using _server = server;
  const workspace = openForDoctor(machine);
  const running = await checkServer(workspace);
  deepEqual(running.map(({ severity }) => severity), ["ok"]);
  equal(running[0]!.numbers!.pid, server.pid);
  equal(removeStaleNote(workspace), false);
  await server.stop("SIGKILL");

  const [stale] = await checkServer(workspace);
  equal(stale!.severity, "warning");
  equal(removeStaleNote(workspace), true);
  equal(removeStaleNote(workspace), false);
  equal((await checkServer(workspace))[0]!.severity, "ok");
});

Deno.test("removeStaleNote() leaves the note, while someone writes", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  Deno.writeTextFileSync(workspace.home.serve, STALE);
  using lock = takeWriterLock(workspace.home.lock);
  equal(lock !== undefined, true);
  equal(removeStaleNote(workspace), false);
  const [finding] = await checkServer(workspace);
  match(finding!.title, /does not answer, or another blueplane is reading/);
});

/** A port that was free a moment ago. */
function freePort(): Deno.NetAddr {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr as Deno.NetAddr;
}
