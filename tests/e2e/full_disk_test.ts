/** Tests of a disk that fills up, on a real file system of a few megabytes. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import start from "../../core/schema/001_start.sql" with { type: "text" };
import severalProcesses from "../../core/schema/002_several_processes.sql" with { type: "text" };
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const DISK_BYTES = 16 * 1024 * 1024;
const KEPT_FREE_BYTES = 400 * 1024;

/** A disk of its own at the machine's home; undefined where mounting is not permitted. */
function mountDisk(machine: Machine) {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return undefined;
  Deno.mkdirSync(machine.home);
  const options = `size=${DISK_BYTES},mode=0700`;
  const args = ["-t", "tmpfs", "-o", options, "tmpfs", machine.home];
  if (!new Deno.Command("mount", { args, stderr: "null" }).outputSync().success) return undefined;
  const ballast = `${machine.home}/ballast`;
  return {
    /** Leaves no more than a little room. */
    fill(keptFree = KEPT_FREE_BYTES): void {
      const args = ["--output=avail", "-B1", machine.home];
      const { stdout } = new Deno.Command("df", { args }).outputSync();
      const free = Number(new TextDecoder().decode(stdout).split("\n")[1]);
      const size = Math.max(0, free - keptFree);
      Deno.writeFileSync(ballast, new Uint8Array(size), { append: true });
    },
    free: () => Deno.removeSync(ballast),
    [Symbol.dispose]() {
      new Deno.Command("umount", { args: ["-l", machine.home] }).outputSync();
    },
  };
}

function canMount(): boolean {
  using machine = tempMachine();
  using disk = mountDisk(machine);
  return disk !== undefined;
}

function writeMuch(transcript: Transcript, lines: number): void {
  const texts = Array.from({ length: lines }, (_, i) => {
    return transcript.line("user", { message: { role: "user", content: `Prompt ${i}` } });
  });
  transcript.write(`${texts.join("\n")}\n`);
}

async function prompts(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/metrics?period=all`);
  return (await response.json()).totals.user_prompts;
}

const ignore = !canMount(); // Only root of a Linux that lets it may mount a small disk.

Deno.test({
  name: "blueplane serve says that the disk is full, loses nothing and goes on after",
  ignore,
  async fn() {
    using machine = tempMachine();
    using disk = mountDisk(machine)!;
    const transcript = new Transcript(machine.claude).prompt();
    const { server, url } = await startServe(machine);
    await using _server = server;
    await until("the first line is read", async () => await prompts(url) === 1);

    disk.fill();
    writeMuch(transcript, 9000);
    await server.until("it says so", () => /disk is full/.test(server.stderr));
    ok(await prompts(url) < 9001);
    disk.free();
    await server.until("all is read", async () => await prompts(url) === 9001);

    const { code } = await server.stop("SIGTERM");
    equal(code, 0, server.stderr);
    const lines = server.stderr.trimEnd().split("\n");
    match(lines.at(-1)!, /^note: (reading|storing) goes on$/);
    const warnings = lines.filter((line) => !line.startsWith("note: "));
    for (const line of warnings) {
      match(line, /^warning: Cannot store events: the disk is full; free /);
    }
    ok(warnings.length <= 2, `said it ${warnings.length} times`);
  },
});

Deno.test({
  name: "blueplane sync fails in one line on a full disk, and the next one reads the rest",
  ignore,
  async fn() {
    using machine = tempMachine();
    using disk = mountDisk(machine)!;
    const transcript = new Transcript(machine.claude).prompt();
    await runBinary(machine, ["sync"]);
    writeMuch(transcript, 9000);
    disk.fill();

    const full = await runBinary(machine, ["sync"]);
    disk.free();
    const { code, stderr } = await runBinary(machine, ["sync"]);
    const { stdout } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);

    deepEqual({ code: full.code, stdout: full.stdout }, { code: 1, stdout: "" });
    match(full.stderr, /^error: Cannot store events: the disk is full; free some space.*\n$/);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    equal(JSON.parse(stdout).totals.user_prompts, 9001);
  },
});

Deno.test({
  name: "blueplane says in one line that the disk is full, when its home has no room at all",
  ignore,
  async fn() {
    using machine = tempMachine();
    using disk = mountDisk(machine)!;
    new Transcript(machine.claude).prompt();
    disk.fill(0);

    for (const args of [["sync"], ["metrics"], ["serve", "--port", "0"]]) {
      const { code, stdout, stderr } = await runBinary(machine, args);
      deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
      match(stderr, /^error: Cannot [a-z]+ .*(full|space).*\n$/);
    }

    disk.free();
    const { stdout } = await runBinary(machine, ["metrics", "--json"]);
    equal(JSON.parse(stdout).totals.user_prompts, 1);
  },
});

Deno.test({
  name: "blueplane leaves an older database as it is, when the disk has no room for a copy",
  ignore,
  async fn() {
    using machine = tempMachine();
    using disk = mountDisk(machine)!;
    const path = `${machine.home}/telemetry.db`;
    {
      using older = new DatabaseSync(path);
      older.exec(`${start}; ${severalProcesses}; pragma user_version = 3`);
      older.exec("insert into words values (1, hex(zeroblob(500000)))");
    }
    new Transcript(machine.claude).prompt();
    disk.fill();

    for (const args of [["sync"], ["serve", "--port", "0"]]) {
      const { code, stdout, stderr } = await runBinary(machine, args);
      deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
      match(stderr, /from schema 3 to \d+: the disk has no room for a copy; free 5 MB\n$/);
    }
    {
      using older = new DatabaseSync(path, { readOnly: true });
      equal(older.prepare("pragma user_version").get()!.user_version, 3);
      equal(older.prepare("select length(text) as n from words").get()!.n, 1_000_000);
    }
    const copies = () =>
      [...Deno.readDirSync(machine.home)].map(({ name }) => name)
        .filter((name) => name.startsWith("telemetry.db.schema"));
    deepEqual(copies(), []);

    disk.free();
    equal((await runBinary(machine, ["sync"])).code, 0);
    deepEqual(copies(), ["telemetry.db.schema-3"]);
  },
});

Deno.test({
  name: "blueplane reports what is stored, when the disk has no room at all",
  ignore,
  async fn() {
    using machine = tempMachine();
    using disk = mountDisk(machine)!;
    new Transcript(machine.claude).prompt();
    const sessions = ["sessions", "--json"];
    const before = JSON.parse((await runBinary(machine, sessions)).stdout);
    disk.fill(0);

    const same = await runBinary(machine, sessions);
    deepEqual([same.code, same.stderr, JSON.parse(same.stdout).total], [0, "", before.total]);
    new Transcript(machine.claude, { session: 2 }).prompt();
    const { code, stderr, stdout } = await runBinary(machine, sessions);
    deepEqual([code, JSON.parse(stdout).total], [0, before.total]);
    match(
      stderr,
      /^warning: .*the disk is full; free some space.*; what follows is what was stored/,
    );
    const doctor = JSON.parse((await runBinary(machine, ["doctor", "--json"])).stdout);
    const errors = doctor.findings.filter((of: { severity: string }) => of.severity === "error");
    deepEqual(errors.map(({ id }: { id: string }) => id), ["disk"]);
    for (const command of [["sync"], ["purge", "--all", "--yes"]]) {
      const { code, stderr } = await runBinary(machine, command);
      equal(code, 1);
      match(stderr, /^error: Cannot [^\n]*: the disk is full; free some space[^\n]*\n$/);
    }
    disk.free();
    equal(JSON.parse((await runBinary(machine, sessions)).stdout).total, before.total + 1);
  },
});
