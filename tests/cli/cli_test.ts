/** Tests of the command table: help, versions, typos and exit codes, run in this process. */

import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { buildProgram } from "../../cli/cli.ts";
import { systemIo } from "../../cli/io.ts";
import { loadedBy } from "../helpers/loaded_by.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { runHere } from "./recorded_io.ts";

const PROGRAM = await buildProgram(systemIo([], () => undefined), () => {});
const COMMANDS = PROGRAM.commands.map((command) => command.name());
const NESTED_COMMANDS = PROGRAM.commands.flatMap((group) =>
  group.commands.map((command) => [group.name(), command.name()])
);

/** Runs a wrong call. @returns its one line */
async function usageError(...args: string[]): Promise<string> {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, args);
  equal(code, 2, stderr);
  equal(stdout, "");
  equal(stderr.trimEnd().split("\n").length, 1, stderr);
  return stderr.trimEnd();
}

Deno.test("runCli() lists every command and gives examples, when asked for help", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["--help"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  for (const command of COMMANDS) match(stdout, new RegExp(`^  ${command}\\b`, "m"));
  match(stdout, /^Examples:\n {2}blueplane /m);
  ok(!existsSync(machine.home), "help made the data folder");
});

for (const command of COMMANDS) {
  Deno.test(`runCli() gives help with an example, when asked for that of ${command}`, async () => {
    using machine = tempMachine();
    const { code, stdout, stderr } = await runHere(machine, [command, "--help"]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    match(stdout, new RegExp(`^Usage: blueplane ${command}\\b`));
    match(stdout, new RegExp(`^Examples:\\n  blueplane ${command}\\b`, "m"));
  });
}

for (const words of NESTED_COMMANDS) {
  const name = words.join(" ");
  Deno.test(`runCli() gives help with an example, when asked for ${name}`, async () => {
    using machine = tempMachine();
    const { code, stdout, stderr } = await runHere(machine, [...words, "-h"]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    match(stdout, new RegExp(`^Usage: blueplane ${name}\\b`));
    match(stdout, new RegExp(`^Examples:\\n  blueplane ${name}\\b`, "m"));
  });
}

Deno.test("runCli() keeps all help within the terminal, when that has 80 columns", async () => {
  using machine = tempMachine();
  const calls = [
    ["--help"],
    ...COMMANDS.map((command) => [command, "-h"]),
    ...NESTED_COMMANDS.map((words) => [...words, "-h"]),
  ];
  for (const args of calls) {
    const { stdout } = await runHere(machine, args, { columns: 80 });
    deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
  }
});

Deno.test("runCli() prints the version and nothing else, and makes no folder", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["--version"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^\d+\.\d+\.\d+\n$/);
  ok(!existsSync(machine.home));
});

Deno.test("runCli() gives an overview, when called without a command", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, []);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const named = [...stdout.matchAll(/^ {2}blueplane (\w+)/gm)].map(([, name]) => name!);
  ok(named.length >= 5 && named.every((name) => COMMANDS.includes(name)), stdout);
  const lines = stdout.split("\n");
  ok(lines.length <= 12 && lines.every((line) => line.length <= 80), "it is no overview");
  ok(!existsSync(machine.home), "the overview made the data folder");
});

Deno.test("runCli() gives with help what --help gives, also within a group", async () => {
  using machine = tempMachine();
  for (const words of [[], ["metrics"], ["dlq"], ["dlq", "list"]]) {
    const help = await runHere(machine, ["help", ...words]);
    deepEqual(help, await runHere(machine, [...words, "--help"]));
    equal(help.code, 0);
  }
  match(await usageError("help", "metrcs"), /did you mean metrics\?$/);
  match(await usageError("help", "dlq", "lst"), /Cannot run 'lst': .* did you mean list\?$/);
});

Deno.test("runCli() shows the help of a group, when called without its command", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["dlq"]);
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  match(stderr, /^Usage: blueplane dlq [^]*\breplay\b/);
  match(await usageError("dlq", "shwo"), /Cannot run 'shwo': .* did you mean show\?$/);
});

Deno.test("runCli() suggests the nearest command, when one is misspelt", async () => {
  equal(
    await usageError("metrcs"),
    "error: Cannot run 'metrcs': there is no such command; did you mean metrics?",
  );
  match(await usageError("sesions", "-n", "5"), /did you mean sessions\?$/);
});

Deno.test("runCli() points to the help, when a command is like no other", async () => {
  match(await usageError("frobnicate"), /see blueplane --help$/);
});

Deno.test("runCli() suggests the nearest option, when one is misspelt", async () => {
  match(await usageError("metrics", "--grop-by", "model"), /^error: Cannot .*'--grop-by'/);
  match(await usageError("metrics", "--grop-by", "model"), /did you mean --group-by\?/i);
  match(await usageError("--josn", "metrics"), /did you mean --json\?/i);
});

Deno.test("runCli() names what is allowed, when a choice is none", async () => {
  const period = await usageError("metrics", "-p", "8d");
  match(period, /^error: Cannot /);
  match(period, /'8d'.*1h, 24h, 7d, 30d, all/);
  match(await usageError("metrics", "--group-by", "modle"), /model, tool, project/);
});

Deno.test("runCli() refuses numbers that count nothing", async () => {
  for (const number of ["x", "-1", "1.5", ""]) {
    match(await usageError("sessions", "--limit", number), /^error: .*whole number/);
  }
});

Deno.test("runCli() begins every usage error with what it cannot do", async () => {
  for (const args of [["sessions", "-n", "x"], ["metrics", "more"], ["metrics", "--since"]]) {
    match(await usageError(...args), /^error: Cannot [a-z]+ [^\n]+[^.]$/);
  }
});

Deno.test("runCli() repeats no endless word of the user's, when it is refused", async () => {
  const long = "x".repeat(5000);
  for (const args of [[long], ["metrics", `--${long}`], ["metrics", "-p", long]]) {
    const line = await usageError(...args);
    ok(line.length < 400, `${line.length} characters`);
  }
});

Deno.test("runCli() takes options for all commands before and after the command", async () => {
  using machine = tempMachine();
  for (const args of [["--json", "status"], ["status", "--json"]]) {
    const { code, stdout } = await runHere(machine, args);
    equal(code, 3);
    equal(JSON.parse(stdout).schema, "blueplane.status/1");
  }
});

Deno.test("runCli() prints a stack trace with --debug and never without", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(machine.home, "");
  const quiet = await runHere(machine, ["status"]);
  equal(quiet.code, 1);
  doesNotMatch(quiet.stderr, /^\s+at /m);
  equal(quiet.stderr.trimEnd().split("\n").length, 1);
  const loud = await runHere(machine, ["status", "--debug"]);
  match(loud.stderr, /^error: .*\n[^]*^\s+at /m);
});

Deno.test("buildProgram() describes every command and every option", () => {
  const nested = PROGRAM.commands.flatMap(({ commands }) => commands);
  for (const command of [PROGRAM, ...PROGRAM.commands, ...nested]) {
    ok(command.description() !== "", command.name());
    for (const option of command.options) ok(option.description, option.flags);
  }
});

Deno.test("runCli() loads what it calls commands by, and nothing that answers one", () => {
  const loaded = loadedBy(new URL("../../cli/cli.ts", import.meta.url).href);

  ok(loaded.some((name) => name.endsWith("/cli/program/report_commands.ts")));
  const answers =
    /node:sqlite|database|claude_code\.ts|registry|jsonc|_report\.ts|cli\/commands\//;
  deepEqual(loaded.filter((name) => answers.test(name)), []);
});
