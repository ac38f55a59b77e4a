/** Tests of what a report over the database does before it prints. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Globals } from "../../cli/cli.ts";
import { writePrivateFile } from "../../core/home.ts";
import { RIGHTS } from "../../cli/rights.ts";
import { overDatabase } from "../../cli/over_database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { type Machine, startServe, startSource, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { breakOffRebuild } from "./break_off_rebuild.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const GLOBALS: Globals = { color: true, sync: true };

async function sessions(machine: Machine, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runHere(machine, ["sessions", "--json", ...args]);
  equal(code, 0, stderr);
  return JSON.parse(stdout).sessions.map(({ session_id }: { session_id: string }) => session_id);
}

Deno.test("overDatabase() reads what is new first, without any server", async () => {
  using machine = tempMachine();
  const first = new Transcript(machine.claude).prompt();
  deepEqual(await sessions(machine), [first.sessionId]);
  const second = new Transcript(machine.claude, { session: 2 }).prompt();
  deepEqual((await sessions(machine)).sort(), [first.sessionId, second.sessionId]);
});

Deno.test("overDatabase() shows one state, when another process writes meanwhile", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const io = recordedIo(machine, []);

  await overDatabase(io, GLOBALS, {}, ({ db }) => {
    const count = () => reportSessions(db).sessions.length;
    equal(count(), 1);
    using writer = openWriter(`${machine.home}/telemetry.db`);
    writer.exec("pragma foreign_keys = off; delete from sessions");
    equal(count(), 1);
  });

  deepEqual(await sessions(machine, "--no-sync"), []);
});

Deno.test("overDatabase() reads no more, when what is printed waits for its reader", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await sessions(machine);
  const io = recordedIo(machine, []);
  const checkpoints: unknown[] = [];
  const write = (text: string) => {
    using writer = openWriter(`${machine.home}/telemetry.db`);
    writer.exec("update sessions set rowid = rowid");
    checkpoints.push(text, writer.prepare("pragma wal_checkpoint(truncate)").get()?.busy);
  };
  const stdout = Object.assign(Object.create(io.stdout), { write });

  await overDatabase({ ...io, stdout }, GLOBALS, {}, ({ db }, { stdout }) => {
    equal(reportSessions(db).sessions.length, 1);
    stdout.write("printed");
  });

  deepEqual(checkpoints, ["printed", 0]);
});

Deno.test("overDatabase() answers from what is stored, when --no-sync says so", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  deepEqual(await sessions(machine, "--no-sync"), []);
});

Deno.test("overDatabase() leaves reading to the server, when one runs", async () => {
  using machine = tempMachine();
  await using server = (await startServe(machine, ["--no-capture"], startSource)).server;
  new Transcript(machine.claude).prompt();
  deepEqual(await sessions(machine), []);
  equal(server.stderr, "");
  const { stderr } = await runHere(machine, ["metrics", "-p", "all"]);
  equal(
    stderr,
    "note: the server that runs reads nothing (--no-capture); what follows is what was stored " +
      "before\n",
  );
  const { stdout } = await runHere(machine, ["status"]);
  match(stdout, /^capture {3}it reads nothing \(--no-capture\)$/m);
});

Deno.test("overDatabase() tells what troubles the server that runs, as sync does", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await using _server = (await startServe(machine, [], startSource)).server;
  writePrivateFile(`${machine.home}/prices.json`, "{");
  const away = "Cannot read prices.json: close brace expected in line 1";
  while (!(await runHere(machine, ["status"])).stdout.includes(`trouble   ${away}\n`)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const metrics = await runHere(machine, ["metrics", "-p", "all"]);
  equal(metrics.stderr, `warning: ${away}; what follows is what was stored before\n`);
  deepEqual(await runHere(machine, ["sync"]), {
    code: 2,
    stdout: "",
    stderr: `error: ${away}\n`,
  });
});

Deno.test("overDatabase() finds a project by its name and by its id", async () => {
  using machine = tempMachine();
  const engine = new Transcript(machine.claude, { session: 1, cwd: "/home/ada/engine" }).prompt();
  new Transcript(machine.claude, { session: 2, cwd: "/home/ada/loom" }).prompt();
  deepEqual(await sessions(machine, "--project", "engine"), [engine.sessionId]);
  const { stdout } = await runHere(machine, ["sessions", "--json", "--project", "engine"]);
  const id = JSON.parse(stdout).sessions[0].project_id;
  deepEqual(await sessions(machine, "--project", id), [engine.sessionId]);
  deepEqual(await sessions(machine, "--project", "nowhere"), []);
});

Deno.test("overDatabase() finds both projects, when two folders have one name", async () => {
  using machine = tempMachine();
  const a = new Transcript(machine.claude, { session: 1, cwd: "/home/ada/engine" }).prompt();
  const b = new Transcript(machine.claude, { session: 2, cwd: "/home/bob/engine" }).prompt();
  deepEqual((await sessions(machine, "--project", "engine")).sort(), [a.sessionId, b.sessionId]);
});

Deno.test("overDatabase() prints nothing and returns 130, when interrupted", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const io = recordedIo(machine, []);
  const reporting = overDatabase(io, GLOBALS, {}, () => io.stdout.write("printed"));
  const tick = setInterval(() => io.interrupt(), 0);
  const code = await reporting;
  clearInterval(tick);
  if (code === 0) return; // It was faster than the interruption.
  deepEqual({ code, printed: io.stdout.text }, { code: 130, printed: "" });
});

Deno.test("overDatabase() finishes a rebuild that was broken off, or says so", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  const before = await sessions(machine);
  const blocks = breakOffRebuild(machine);
  const part = await runHere(machine, ["metrics", "-p", "all", "--json", "--no-sync"]);
  const shown = await runHere(machine, ["metrics", "-p", "all", "--no-sync"]);
  const { coverage } = JSON.parse(part.stdout);
  deepEqual([coverage.rebuild_blocks_done, coverage.rebuild_blocks_total], [0, blocks]);
  match(shown.stderr, /^note: a rebuild is not done: 0 of \d+ blocks are derived again so far;/);
  deepEqual(await sessions(machine), before);
  const whole = await runHere(machine, ["metrics", "-p", "all", "--json", "--no-sync"]);
  equal(JSON.parse(whole.stdout).coverage.rebuild_blocks_total, 0);
});

Deno.test("overDatabase() gives all rights up, once nothing is to be written", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const io = recordedIo(machine, []);
  const before = [...io.givenUp];

  await overDatabase(io, GLOBALS, {}, ({ db }) => {
    deepEqual(db.prepare("select count(*) as n from sessions").get(), { n: 1 });
    deepEqual(io.givenUp, RIGHTS);
  });

  deepEqual(before, []);
});
