/** Tests of `blueplane sync`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { systemClock } from "../../../core/clock.ts";
import { writeBigLine } from "../../helpers/big_transcripts.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { breakOffRebuild } from "../break_off_rebuild.ts";
import { recordedIo, runHere } from "../recorded_io.ts";
import { run } from "../../../cli/run.ts";

Deno.test("runSync() tells what it read, and what it could not", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response().write("no JSON\n").add("brand-new", {});
  const { code, stdout, stderr } = await runHere(machine, ["sync"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^Claude Code: 3 new events from 1 file \(1\.\d kB\) in .*\n/);
  match(stdout, /^ {2}1 line was broken$/m);
  match(stdout, /^ {2}1 line was of unknown kinds$/m);
  match(stdout, /^Cursor: nothing new$/m);
});

Deno.test("runSync() reads files that were changed since, when it is told to", async () => {
  using machine = tempMachine();
  const old = new Transcript(machine.claude, { session: 1 }).prompt();
  new Transcript(machine.claude, { session: 2 }).prompt();
  Deno.utimeSync(old.path, new Date("2026-01-05T00:00Z"), new Date("2026-01-05T00:00Z"));

  const recent = await runHere(machine, ["sync", "--since", "2026-01-31"]);
  const rest = await runHere(machine, ["sync", "--since", "2026-01-01"]);

  match(recent.stdout, /^Claude Code: 1 new event from 1 file /);
  equal(recent.stderr, "note: 1 file of before is left for later\n");
  match(rest.stdout, /^Claude Code: 1 new event from 1 file /);
  equal(rest.stderr, "");
});

Deno.test("runSync() says that it was interrupted, and that it goes on next time", async () => {
  using machine = tempMachine();
  for (let session = 1; session <= 8; session++) {
    const transcript = new Transcript(machine.claude, { session });
    for (let i = 0; i < 400; i++) transcript.response({ text: "x".repeat(2000) });
  }
  const io = recordedIo(machine, ["sync"]);
  const code = await run({
    ...io,
    onInterrupt(callback) {
      queueMicrotask(() => io.interrupt());
      return io.onInterrupt(callback);
    },
  });

  equal(code, 130);
  equal(io.stderr.text, "note: it was interrupted; the rest is read the next time\n");
  match((await runHere(machine, ["sync"])).stdout, /^Claude Code: \d/);
});

Deno.test("runSync() refuses a time that is none", async () => {
  using machine = tempMachine();

  const { code, stderr } = await runHere(machine, ["sync", "--since", "yesterday"]);

  equal(code, 2);
  match(stderr, /^error: Cannot read the time: 'yesterday' is no date/);
});

Deno.test("runSync() prints the document that is promised", async () => {
  using machine = tempMachine();
  const { path } = new Transcript(machine.claude).prompt().response();
  const { stdout } = await runHere(machine, ["sync", "--json"]);
  const { duration_ms, ...document } = JSON.parse(stdout);
  ok(Number.isInteger(duration_ms));
  deepEqual(document, {
    schema: "blueplane.sync/1",
    platforms: {
      claude_code: {
        files: 1,
        bytes: Deno.statSync(path).size,
        events_new: 2,
        events_known: 0,
        lines_malformed: 0,
        lines_unknown: 0,
      },
      cursor: {
        files: 0,
        bytes: 0,
        events_new: 0,
        events_known: 0,
        lines_malformed: 0,
        lines_unknown: 0,
      },
    },
    dead_letters: 0,
  });
});

Deno.test("runSync() tells of new dead letters, and of each once", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  breakOffRebuild(machine);
  {
    using db = openWriter(`${machine.home}/telemetry.db`);
    db.exec("update trace_blocks set body = x'00'");
  }

  const first = await runHere(machine, ["sync", "--json"]);
  const second = await runHere(machine, ["sync", "--json"]);

  equal(first.code, 0);
  match(first.stderr, /^warning: 1 new dead letter; blueplane dlq list says why$/m);
  const told = [first, second].map(({ stdout }) => JSON.parse(stdout).dead_letters);
  deepEqual([told, second.stderr], [[1, 0], ""]);
});

Deno.test("runSync() finds nothing new, when it is called again", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["sync"]);
  const { stdout } = await runHere(machine, ["sync", "--json"]);
  const { files, bytes, events_new, events_known } = JSON.parse(stdout).platforms.claude_code;
  deepEqual([files, bytes, events_new, events_known], [0, 0, 0, 0]);
});

Deno.test("runSync() waits for the rest of a line, when its end is not written yet", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const line = transcript.line("user", { message: { role: "user", content: "Zoë {" } });
  const bytes = new TextEncoder().encode(`${line}\n`);
  const cut = bytes.indexOf(0xc3) + 1;
  transcript.write(bytes.subarray(0, cut));
  const before = await runHere(machine, ["sync", "--json"]);
  transcript.write(bytes.subarray(cut));
  const after = await runHere(machine, ["sync", "--json"]);
  const read = [before, after].map(({ stdout }) => JSON.parse(stdout).platforms.claude_code);
  deepEqual(read.map(({ events_new }) => events_new), [1, 1]);
  deepEqual(read.map(({ lines_malformed }) => lines_malformed), [0, 0]);
});

Deno.test("runSync() shows on a terminal how far it has come in a large file", async () => {
  using machine = tempMachine();
  writeBigLine(machine.claude, 1).write(`${"x".repeat(999)}\n`.repeat(2500));
  let now = Date.now();
  const clock = { ...systemClock, now: () => now += 100 };

  const { code, stderr } = await runHere(machine, ["sync"], { isTerminal: true, clock });

  equal(code, 0);
  match(stderr, /reading [━╌]+ [1-9]\d? %.*0\/1 files/);
  ok(stderr.endsWith("\r\x1b[K"));
});

Deno.test("runSync() prints nothing with --quiet", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  deepEqual(await runHere(machine, ["sync", "-q"]), { code: 0, stdout: "", stderr: "" });
});

Deno.test("runSync() fails in one line, when another process reads", async () => {
  using machine = tempMachine();
  await runHere(machine, ["status"]);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { code, stdout, stderr } = await runHere(machine, ["sync"]);
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  match(stderr, /^error: Cannot sync: another blueplane is reading; .*\n$/);
});

Deno.test("runSync() names a dead server in no message, when that was killed", async () => {
  using machine = tempMachine();
  await runHere(machine, ["status"]);
  const note = {
    pid: 4194303,
    url: "http://127.0.0.1:1",
    started_at: "2026-03-01T12:00:00.000Z",
  };
  Deno.writeTextFileSync(`${machine.home}/serve.json`, JSON.stringify(note));
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { stderr } = await runHere(machine, ["sync"]);
  equal(stderr.includes("4194303"), false, stderr);
});

Deno.test("runSync() changes nothing, when a newer version wrote the database", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(`${machine.home}/telemetry.db`);
  db.exec("pragma user_version = 999; pragma wal_checkpoint(truncate)");
  db.close();
  const before = Deno.readFileSync(`${machine.home}/telemetry.db`);
  new Transcript(machine.claude, { session: 2 }).prompt();
  for (const command of ["sync", "metrics", "sessions", "status"]) {
    const { code, stdout, stderr } = await runHere(machine, [command]);
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(
      stderr,
      /^error: Cannot open the database: it has schema 999, .*install the newer.*\n$/,
    );
  }
  deepEqual(Deno.readFileSync(`${machine.home}/telemetry.db`), before);
});

Deno.test("runSync() moves aside what is no database, and says so in one line", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(
    `${machine.home}/telemetry.db`,
    "this is no database at all. ".repeat(99),
  );
  for (const args of [["metrics", "--no-sync"], ["status"]]) {
    const { code, stdout, stderr } = await runHere(machine, args);
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(stderr, /^error: Cannot open the database: the file is no SQLite database\n$/);
  }

  const { code, stderr } = await runHere(machine, ["sync"]);

  equal(code, 0);
  match(stderr, /^warning: The database was damaged: it is telemetry.db.damaged-[^\n]+\n$/);
});
