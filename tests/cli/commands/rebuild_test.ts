/** Tests of `blueplane rebuild`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runRebuild } from "../../../cli/commands/rebuild.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { nextTurn } from "../../pipeline/pass_time.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

/** A home that knows sessions, with their reports as they are. */
async function fill(machine: Machine, sessions = 2): Promise<string> {
  for (let session = 1; session <= sessions; session++) {
    new Transcript(machine.claude, { session }).prompt().response({ tool: "Bash" })
      .result().response();
  }
  await runHere(machine, ["sync"]);
  return await reports(machine);
}

async function reports(machine: Machine): Promise<string> {
  const sessions = await runHere(machine, ["sessions", "--json", "-n", "0", "--no-sync"]);
  return sessions.stdout;
}

function damage(machine: Machine): void {
  using db = openWriter(`${machine.home}/telemetry.db`);
  db.exec("delete from responses; delete from model_sums; update sessions set counted = 0");
}

Deno.test("runRebuild() gives back what was lost, and tells how much it derived", async () => {
  using machine = tempMachine();
  const before = await fill(machine);
  damage(machine);
  const damaged = await reports(machine);
  const { code, stdout, stderr } = await runHere(machine, ["rebuild"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^2 sessions derived again from 10 events in \d+ s\n$/);
  ok(damaged !== before);
  equal(await reports(machine), before);
});

Deno.test("runRebuild() prints the document as JSON, and nothing else with --quiet", async () => {
  using machine = tempMachine();
  await fill(machine);
  const { stdout, stderr } = await runHere(machine, ["rebuild", "--json", "-q"]);
  const { duration_ms, blocks, ...document } = JSON.parse(stdout);
  ok(Number.isInteger(duration_ms) && blocks >= 1);
  deepEqual(document, {
    schema: "blueplane.rebuild/1",
    sessions: 2,
    sessions_kept: 0,
    events: 10,
  });
  equal(stderr, "");
  equal((await runHere(machine, ["rebuild", "-q"])).stdout, "");
});

Deno.test("runRebuild() derives one session, when that is asked for", async () => {
  using machine = tempMachine();
  const before = await fill(machine);
  const { sessionId } = new Transcript(machine.claude, { session: 1 });
  const { code, stdout } = await runHere(machine, ["rebuild", "--session", sessionId, "--json"]);
  equal(code, 0);
  equal(JSON.parse(stdout).sessions, 1);
  equal(await reports(machine), before);
});

Deno.test("runRebuild() ends with 3, when there is no such session", async () => {
  using machine = tempMachine();
  await fill(machine);
  const { code, stdout, stderr } = await runHere(machine, ["rebuild", "--session", "no"]);
  deepEqual({ code, stdout }, { code: 3, stdout: "" });
  equal(stderr, "error: Cannot rebuild: there is no such session\n");
});

Deno.test("runRebuild() ends with 2, when what is named can be no session", async () => {
  using machine = tempMachine();
  await fill(machine);
  const { code, stdout, stderr } = await runHere(machine, ["rebuild", "--session", "a/b"]);
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  match(stderr, /^error: Cannot rebuild: an id of a session has up to 64 letters, .*\n$/);
});

Deno.test("runRebuild() keeps sessions whose traces are gone, and says so", async () => {
  using machine = tempMachine();
  const before = await fill(machine);
  {
    using db = openWriter(`${machine.home}/telemetry.db`);
    db.exec("delete from trace_blocks where id = 1");
  }
  const { code, stdout } = await runHere(machine, ["rebuild"]);
  equal(code, 0);
  match(stdout, /^ {2}\d sessions? kept as before: not all traces are left$/m);
  equal(await reports(machine), before);
});

Deno.test("runRebuild() does nothing, when the home is new", async () => {
  using machine = tempMachine();
  const { code, stdout } = await runHere(machine, ["rebuild"]);
  equal(code, 0);
  match(stdout, /^0 sessions derived again from 0 events/);
});

Deno.test("runRebuild() names the server that runs, when that has no page to ask", async () => {
  using machine = tempMachine();
  await fill(machine);
  const note = { pid: 4242, url: "", started_at: "2026-03-01T12:00:00.000Z" };
  Deno.writeTextFileSync(`${machine.home}/serve.json`, JSON.stringify(note));
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { code, stdout, stderr } = await runHere(machine, ["rebuild"]);
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  equal(
    stderr,
    "error: Cannot rebuild: the server (pid 4242) has no page to ask; stop it first\n",
  );
});

Deno.test("runRebuild() fails, when another process writes that is no server", async () => {
  using machine = tempMachine();
  await fill(machine);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { code, stderr } = await runHere(machine, ["rebuild"]);
  equal(code, 1);
  match(stderr, /^error: Cannot rebuild: another blueplane is writing; .*\n$/);
});

Deno.test("runRebuild() ends with 130 when interrupted, and the next one goes on", async () => {
  using machine = tempMachine();
  const before = await fill(machine, 60);
  damage(machine);
  const io = recordedIo(machine, ["rebuild"]);
  const running = runRebuild(io, { color: true, sync: true }, {});
  while (io.listeners() === 0) await nextTurn();
  io.interrupt();
  equal(await running, 130);
  equal(io.listeners(), 0);
  match(io.stderr.text, /^note: the rest is derived when blueplane runs again$/m);
  await runHere(machine, ["rebuild"]);
  equal(await reports(machine), before);
});
