/** Tests of the examination of assistants' folders and files. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { checkPlatforms } from "../../../cli/doctor/platform_check.ts";
import { writeServerNote } from "../../../cli/server_file.ts";
import type { Finding } from "../../../core/finding.ts";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { keptNowhere } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { openHomeReader } from "../../../cli/workspace.ts";
import { type RecordedOptions, runHere } from "../recorded_io.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkPlatforms() tells of files, of the last event, and that all is read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  new Transcript(machine.claude, { session: 2, startedAt: Date.now() - 9 * 3_600_000 }).prompt();
  await runHere(machine, ["sync"]);
  const found = await check(machine);
  match(found("platform")!.title, /^Claude Code: 2 files, last event 1 min ago$/);
  equal(found("platform")!.severity, "ok");
  equal(found("coverage")!.severity, "ok");
  deepEqual(found("kept")!.numbers, { days_kept_here_alone: 0, sessions_kept_here_alone: 0 });
  equal(found("files"), undefined);
});

Deno.test("checkPlatforms() counts days whose transcripts are gone", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const days = [2, 2, 3].map((days, i) =>
    new Transcript(machine.claude, {
      session: 5 + i,
      startedAt: Date.UTC(2026, 2, days, 12, i),
    }).prompt()
  );
  await runHere(machine, ["sync"]);
  for (const { path } of days) Deno.removeSync(path);
  const kept = (await check(machine))("kept")!;
  deepEqual(kept.numbers, { days_kept_here_alone: 2, sessions_kept_here_alone: 3 });
  match(kept.title, /2 days \(3 sessions\) kept here alone/);
});

Deno.test("checkPlatforms() says what is to be read, and where to look", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const found = await check(machine);
  match(found("coverage")!.title, /1 file \(\d+ B\) to be read yet/);
  ok(found("platform")!.details!.includes(`${machine.claude}: present`));
  equal(found("kept"), undefined);
});

Deno.test("checkPlatforms() takes an assistant that is not here for no fault", async () => {
  using machine = tempMachine();
  const platform = (await check(machine, { env: { CLAUDE_CONFIG_DIR: undefined } }))("platform")!;
  equal(platform.severity, "note");
  match(platform.title, /is not on this machine/);
});

Deno.test("checkPlatforms() has one line for an assistant that is not here", async () => {
  using machine = tempMachine();
  await runHere(machine, ["sync"]);
  const lines = async () => {
    const db = openHomeReader(openForDoctor(machine));
    const findings = await checkPlatforms(openForDoctor(machine), db);
    db?.close();
    return findings.filter(({ id }) => id.endsWith(".cursor")).map(({ title }) => title);
  };

  deepEqual(await lines(), ["Cursor is not on this machine"]);
  await tellHome(machine.home, keptNowhere({ id: "a", platform: "cursor", at: Date.now() }));
  deepEqual(await lines(), [
    "Cursor is not on this machine; 1 session of it stored, last event now",
  ]);
});

Deno.test("checkPlatforms() warns of a named folder that is missing, or is none", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.path}/file`, "");
  for (const name of ["none", "file"]) {
    const env = { CLAUDE_CONFIG_DIR: `${machine.claude},${machine.path}/${name}` };
    equal((await check(machine, { env }))("platform")!.severity, "warning", name);
  }
});

Deno.test("checkPlatforms() says nothing of all files, when a folder cannot be read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  Deno.writeTextFileSync(`${machine.path}/file`, "");
  const env = { CLAUDE_CONFIG_DIR: `${machine.claude},${machine.path}/file` };
  const found = await check(machine, { env });
  match(found("platform")!.title, /a folder cannot be read$/);
  match(found("coverage")!.title, /: every file that can be read is read to its end$/);
  equal(found("kept"), undefined);

  const within = { CLAUDE_CONFIG_DIR: `${machine.path}/file/claude` };
  match((await check(machine, { env: within }))("platform")!.title, /a named folder is missing$/);
});

Deno.test("checkPlatforms() says no path but in details", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const findings = await checkPlatforms(openForDoctor(machine), undefined);
  const told = findings.map(({ details: _details, ...finding }) => finding);
  ok(!JSON.stringify(told).includes(machine.path));
});

/** The findings, by the beginning of their id. */
async function check(machine: Machine, options: RecordedOptions = {}) {
  const workspace = openForDoctor(machine, options);
  const db = openHomeReader(workspace);
  const findings = await checkPlatforms(workspace, db);
  db?.close();
  return (name: string): Finding | undefined =>
    findings.find(({ id }) => id.startsWith(`${name}.`));
}

Deno.test("checkPlatforms() finds a file that a server does not read", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const workspace = openForDoctor(machine);
  const coverage = async () =>
    (await checkPlatforms(workspace, undefined)).find(({ id }) => id === "coverage.claude_code")!;
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  Deno.utimeSync(transcript.path, ago(6), ago(6));
  equal((await coverage()).severity, "note");
  using _lock = takeWriterLock(workspace.home.lock);
  using _note = writeServerNote(workspace.home, { pid: 1, url: "", started_at: "x" });

  equal((await coverage()).severity, "warning");
  match((await coverage()).title, /a server runs, and does not read 1 file$/);
  Deno.utimeSync(transcript.path, ago(1), ago(1));
  equal((await coverage()).severity, "note");
});
