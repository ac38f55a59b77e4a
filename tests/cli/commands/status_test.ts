/** Tests of `blueplane status`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { PRESSURE } from "../../../core/back_pressure.ts";
import { markCaptureHome } from "../../../cli/capture_home.ts";
import { machineLabel } from "../../../cli/machine_label.ts";
import { recordEnd, recordStart } from "../../../cli/background/run_record.ts";
import { writeServerNote } from "../../../cli/server_file.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { homeAt, makeHome, readKey } from "../../../core/home.ts";
import { Privacy } from "../../../core/privacy.ts";
import { startServe, startSource, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { breakOffRebuild } from "../break_off_rebuild.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("runStatus() exits with 3 and says how to start, when nothing runs", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["status"]);
  deepEqual({ code, stderr }, { code: 3, stderr: "" });
  match(stdout, /^server {4}not running; blueplane start starts it\nstorage {3}nothing yet\n$/);
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

Deno.test("runStatus() tells of a rebuild that was broken off, until it is done", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["sync"]);
  const blocks = breakOffRebuild(machine);
  const line = `rebuild   0 of ${blocks} blocks are derived again so far; ` +
    "until all are, numbers grow (blueplane sync does the rest)";
  const { stdout } = await runHere(machine, ["status"], { columns: 160 });
  equal(stdout.split("\n").includes(line), true);
  await runHere(machine, ["sync"]);
  equal((await runHere(machine, ["status"])).stdout.includes("rebuild "), false);
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
  deepEqual(full.queue, {
    events: 0,
    changes: 0,
    dead_letters: 0,
    level: "green",
    thresholds: PRESSURE,
  });
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
    new RegExp(`^server {4}running at ${url} \\(pid ${server.pid}, started `),
  );
  await server.stop("SIGKILL");
  const { code, stdout } = await runHere(machine, ["status"]);
  equal(code, 3);
  match(stdout, /^server {4}not running/);
  match(stdout, /^last run {2}ended unseen, .* \(started .*\)$/m);
});

Deno.test("runStatus() tells of the later one of two runs, when one died unseen", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  Deno.mkdirSync(home.logs, { recursive: true });
  const [earlier, later] = ["2026-03-01T10:00:00.000Z", "2026-03-01T11:00:00.000Z"];
  // No system has a process of this number.
  const note = { pid: 2 ** 22 + 1, url: "http://127.0.0.1:1" };
  const lastRun = async (background: string, foreground: string) => {
    recordStart(home, 7, Date.parse(background));
    recordEnd(home, 0, Date.parse(background));
    using _note = writeServerNote(home, { ...note, started_at: foreground });
    return JSON.parse((await runHere(machine, ["status", "--json"])).stdout).last_run;
  };

  const seen = await lastRun(later, earlier), unseen = await lastRun(earlier, later);

  deepEqual([seen.pid, seen.exit_code], [7, 0]);
  deepEqual([unseen.pid, unseen.started_at, unseen.ended_at], [note.pid, later, null]);
});

Deno.test("runStatus() tells each machine's share, and which is this one's", async () => {
  using machine = tempMachine();
  await runHere(machine, ["status"]);
  const home = homeAt(machine.home);
  const own = machineLabel(new Privacy(readKey(home, false)!));
  using db = openWriter(home.database);
  db.exec("insert into words (id, text) values (900, 'a_platform')");
  const save = db.prepare("insert into stored_sources values (?, ?, 900, ?, ?, '{}')");
  save.run(own, "1", "s1", 1234);
  save.run("", "1", "s2", 5);
  const { stdout } = await runHere(machine, ["status"]);
  match(stdout, /^machine {3}unnamed: 1 file, 5 lines, 1 session$/m);
  match(stdout, new RegExp(`^machine   ${own} \\(this one\\): 1 file, 1,234 lines, `, "m"));
  equal(JSON.parse((await runHere(machine, ["status", "--json"])).stdout).machines.length, 2);
});

Deno.test("runStatus() speaks of the capture worker, where a folder only captures", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  markCaptureHome(home, Date.now());
  const stopped = await runHere(machine, ["status"]);
  equal(stopped.code, 3);
  match(stopped.stdout, /^worker {4}not running; blueplane worker --role capture starts it\n/);
  using _lock = takeHomeLock(home);
  const note = { pid: 7, machine: "1a2b3c4d", started_at: new Date().toISOString() };
  using _note = writeServerNote(home, { ...note, url: "" });
  const running = await runHere(machine, ["status"]);
  equal(running.code, 0);
  match(
    running.stdout,
    /^worker {4}capture worker running \(pid 7\) as machine 1a2b3c4d, started /,
  );
  match(running.stdout, /^storage {3}on the machine that invited this one; look there$/m);
  const { stdout } = await runHere(machine, ["status", "--json"]);
  const { server, capture_worker } = JSON.parse(stdout);
  deepEqual({ server, capture_worker }, { server: null, capture_worker: note });
});
