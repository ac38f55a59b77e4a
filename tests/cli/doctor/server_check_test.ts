/** Tests of the examination of what runs. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkServer, removeStaleNote } from "../../../cli/doctor/server_check.ts";
import { markCaptureHome } from "../../../cli/capture_home.ts";
import { recordEnd, recordStart } from "../../../cli/background/run_record.ts";
import { writeServerNote } from "../../../cli/server_file.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
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

Deno.test("checkServer() asks for a capture worker, where a folder only captures", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  const { home } = workspace;
  markCaptureHome(home, 0);
  const [missing, ...others] = await checkServer(workspace);
  deepEqual([missing!.severity, others], ["warning", []]);
  match(missing!.remedy!, /^blueplane worker --role capture/);
  using _lock = takeHomeLock(home);
  using _note = writeServerNote(home, { pid: 7, url: "", started_at: "x", machine: "1a2b3c4d" });
  const [running] = await checkServer(workspace);
  deepEqual([running!.severity, running!.title], ["ok", "A capture worker runs (pid 7)"]);
});

/** A port that was free a moment ago. */
function freePort(): Deno.NetAddr {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr as Deno.NetAddr;
}

Deno.test("checkServer() finds a run in the background that did not end well", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  const found = async () =>
    (await checkServer(workspace)).filter(({ id }) => id === "last_run").map(({ title }) =>
      title
    );
  deepEqual(await found(), []);
  Deno.mkdirSync(`${machine.home}/logs`);
  recordStart(workspace.home, 12, Date.now());
  match((await found())[0]!, /ended without a word/);
  recordEnd(workspace.home, 128 + 9, Date.now());
  match((await found())[0]!, /was ended by SIGKILL/);
  recordStart(workspace.home, 12, Date.now());
  recordEnd(workspace.home, 0, Date.now());
  deepEqual(await found(), []);
});
