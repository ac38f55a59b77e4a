/** Tests of a data folder that its user may not write to, or not even read. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, runBinary, runBound, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const CLOSED = /^error: Cannot write to the data folder: permission denied; blueplane doctor/;

/** The number of a user who owns nothing else. */
const OTHER = 65_534;

/** A home with one prompt stored and another not, and a way to set the modes of all in it. */
async function closable(): Promise<Machine & { set(folder: number, file: number): void }> {
  const machine = tempMachine();
  new Transcript(machine.claude, { session: 1 }).prompt();
  await runBinary(machine, ["sync"]);
  new Transcript(machine.claude, { session: 2 }).prompt();
  const set = (folder: number, file: number) => {
    Deno.chmodSync(machine.home, 0o700);
    for (const { name, isFile } of Deno.readDirSync(machine.home)) {
      Deno.chmodSync(`${machine.home}/${name}`, isFile ? file : folder);
    }
    Deno.chmodSync(machine.home, folder);
  };
  return {
    ...machine,
    set,
    [Symbol.dispose]() {
      set(0o700, 0o600);
      machine[Symbol.dispose]();
    },
  };
}

Deno.test("blueplane answers with what is stored, when its folder is read-only", async () => {
  using machine = await closable();
  for (const [folder, file] of [[0o500, 0o400], [0o700, 0o400]] as const) {
    machine.set(folder, file);
    const run = await runBound(machine, ["metrics", "-p", "all", "--json"]);
    if (!run) return;
    equal(run.code, 0);
    match(run.stderr, /^warning: Cannot write to the data folder: .* was stored before\n$/);
    equal(JSON.parse(run.stdout).totals.user_prompts, 1);
    const unread = await runBound(machine, ["--no-sync", "metrics", "-p", "all", "--json"]);
    equal(unread?.stderr, "");
    equal(JSON.parse(unread.stdout).totals.user_prompts, 1);
  }
});

Deno.test("blueplane says what it cannot do and why, when its folder is closed", async () => {
  using machine = await closable();
  machine.set(0o500, 0o400);
  if (!await runBound(machine, ["--version"])) return;
  for (
    const args of [
      ["sync"],
      ["rebuild"],
      ["purge", "--all", "--yes"],
      ["archive"],
      ["start"],
      ["serve", "--port", "0"],
      ["backup", `${machine.path}/a.tar`],
    ]
  ) {
    const run = await runBound(machine, args);
    deepEqual({ code: run?.code, stdout: run?.stdout }, { code: 1, stdout: "" }, args[0]);
    match(run!.stderr, CLOSED, args[0]);
  }
  machine.set(0, 0);
  for (
    const args of ["sessions", "config list", "config get web.port", "config validate", "logs"]
  ) {
    const run = await runBound(machine, args.split(" "));
    deepEqual({ code: run?.code, stdout: run?.stdout }, { code: 1, stdout: "" }, args);
    match(
      run!.stderr,
      /^error: Cannot read the data folder: permission denied; blueplane doctor/,
    );
  }
});

Deno.test({
  name: "blueplane says whose the database is, when that is another user",
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0, // Only root gives a file away.
  async fn() {
    using machine = await closable();
    Deno.chownSync(`${machine.home}/telemetry.db`, OTHER, OTHER);
    const doctor = await runBound(machine, ["doctor", "--json"]);
    const { findings } = JSON.parse(doctor!.stdout);
    const of = (id: string) => findings.find((one: { id: string }) => one.id === id);
    deepEqual([of("home").severity, of("home").numbers.of_another_user], ["error", 1]);
    match(of("home").remedy, /sudo chown -R/);
    deepEqual([of("database").severity, of("database").remedy], ["error", null]);
    for (const args of [["metrics"], ["purge", "--all", "--yes"], ["serve", "--port", "0"]]) {
      const { code, stderr } = (await runBound(machine, args))!;
      equal(code, 1);
      match(stderr, /^error: Cannot [^/]*; blueplane doctor [^/]*\n$/);
    }
  },
});

Deno.test("blueplane doctor finds a folder that is closed, and opens it", async () => {
  using machine = await closable();
  machine.set(0o500, 0o400);
  const found = await runBound(machine, ["doctor", "--json"]);
  if (!found) return;
  equal(found.code, 1);
  const { findings } = JSON.parse(found.stdout);
  const of = (id: string) => findings.find((one: { id: string }) => one.id === id);
  equal(of("home").severity, "error");
  match(of("home").remedy, /chmod/);
  equal(of("log").severity, "ok");

  machine.set(0, 0);
  const closed = await runBound(machine, ["doctor"]);
  match(closed!.stdout, /\n\n1 error; nothing else could be checked\.\n$/);
  const fixed = await runBound(machine, ["doctor", "--fix"]);
  match(fixed!.stdout, /Mended: set \d+ file modes/);
  equal((await runBound(machine, ["sync"]))?.code, 0);
});
