/**
 * The command table: every command, its options and help. What a command does is loaded when it
 * is called, so that `metrics` loads no web server.
 *
 * @module
 */

import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
} from "@commander-js/extra-typings";
import { PLATFORMS } from "../capture/registry.ts";
import { INSIGHT_TYPES, SEVERITIES } from "../core/insight_rule.ts";
import { GROUPINGS } from "../core/reports/groups.ts";
import { PERIODS } from "../core/reports/period.ts";
import { asExit, UsageError } from "./exit.ts";
import type { Io } from "./io.ts";
import { usageMessage } from "./usage_message.ts";
import { VERSION } from "./version.ts";

/** Options that every command takes. */
export interface Globals {
  readonly json?: true | undefined;
  readonly color: boolean;
  readonly quiet?: true | undefined;
  readonly debug?: true | undefined;
  readonly home?: string | undefined;
  readonly sync: boolean;
}

/** Runs the command that the arguments name. @returns its exit code */
export async function runCli(io: Io): Promise<number> {
  let code = 0;
  const program = buildProgram(io, (result) => code = result);
  try {
    await program.parseAsync([...io.args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, program, io);
    const exit = asExit(error);
    if (exit.message !== "") io.stderr.write(`error: ${exit.message}\n`);
    if (io.args.includes("--debug") && error instanceof Error) {
      io.stderr.write(`${error.stack}\n`);
    }
    return exit.code;
  }
}

/** The commands and their help; `done` gets the exit code of the one that ran. */
export function buildProgram(io: Io, done: (code: number) => void) {
  const program = new Command("blueplane")
    .description("Privacy-first, local-only telemetry for AI-assisted coding.")
    .version(VERSION, "--version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .option("--json", "print JSON")
    .option("--no-color", "print no colours (also NO_COLOR=1)")
    .option("-q, --quiet", "print nothing but results and errors")
    .option("--debug", "print stack traces")
    .option("--home <dir>", "data folder (BLUEPLANE_HOME, ~/.blueplane)")
    .option("--no-sync", "answer from what is stored, without reading what is new")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => io.stdout.columns(),
    })
    .addHelpText(
      "after",
      `
Examples:
  blueplane serve                    see everything at http://127.0.0.1:7531
  blueplane metrics -p 7d            the last seven days in numbers
  blueplane sessions --json | jq .   sessions for scripts`,
    );
  type Run<Options> = (
    io: Io,
    globals: Globals,
    options: Options,
    ...words: string[]
  ) => Promise<number>;
  // The parser calls with the words, then the options, then the command.
  const act = <Options>(load: () => Promise<Run<Options>>) => async (...given: unknown[]) => {
    const words = given.slice(0, -2) as string[], options = given.at(-2) as Options;
    done(await (await load())(io, program.opts() as Globals, options, ...words));
  };
  addServe(program, act);
  addReports(program, act);
  addHooks(program, act);
  addDlq(program, act);
  program.command("mcp")
    .description("Serve metrics to an assistant over MCP, on stdin and stdout")
    .addHelpText("after", examples("mcp"))
    .action(act(async () => (await import("./commands/mcp.ts")).runMcp));
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().configureOutput(program.configureOutput());
    command.helpOption("-h, --help", "show help");
  }
  return program;
}

type Program = Command<[], Record<string, unknown>>;
// deno-lint-ignore no-explicit-any -- each command has options of its own type
type Act = (load: () => Promise<any>) => (...given: any[]) => Promise<void>;

function addServe(program: unknown, act: Act): void {
  const to = program as Program;
  to.command("serve")
    .description("Read and follow all transcripts and serve the dashboard, in the foreground")
    .option("--port <number>", "port to listen at (7531; 0 takes a free one)", wholeNumber)
    .option("--host <address>", "loopback address to listen at (127.0.0.1)")
    .option("--open", "open the dashboard in the browser")
    .option("--no-capture", "read nothing, only show")
    .option("--no-web", "show nothing, only read")
    .addHelpText("after", examples("serve --open", "serve --port 0 --quiet"))
    .action(act(async () => (await import("./commands/serve.ts")).runServe));
  to.command("worker")
    .description("Capture on this machine for another one that processes, over Redis")
    .addOption(new Option("--role <role>", "what it does").choices(["capture"]))
    .option("--name <name>", "name of this machine, of which only a hash is told")
    .option("--once", "end when everything that is there is published")
    .option("--invite", "print what lets another machine capture for this one: a secret")
    .option("--join", "capture for the machine whose invitation is on stdin")
    .addHelpText(
      "after",
      examples("worker --invite", "worker --join < invitation", "worker --role capture"),
    )
    .action(act(async () => (await import("./commands/worker.ts")).runWorker));
  to.command("sync")
    .description("Read and process everything new to the end, then exit")
    .option("--platform <name>", "only this assistant")
    .addHelpText("after", examples("sync", "sync --json"))
    .action(act(async () => (await import("./commands/sync.ts")).runSync));
  to.command("rebuild")
    .description("Derive everything again from the stored traces")
    .option("--session <id>", "only this session, and those that were forked from it")
    .option("--live", "only the live picture in Redis")
    .addHelpText("after", examples("rebuild", "rebuild --session ID", "rebuild --live"))
    .action(act(async () => (await import("./commands/rebuild.ts")).runRebuild));
  to.command("status")
    .description("Say what runs, what is stored and what is waiting")
    .addHelpText("after", examples("status", "status --json"))
    .action(act(async () => (await import("./commands/status.ts")).runStatus));
  to.command("doctor")
    .description("Examine sources, files, permissions, port, queue and format")
    .option("--fix", "mend file modes and a note of a server that is gone")
    .addHelpText("after", examples("doctor", "doctor --json"))
    .action(act(async () => (await import("./commands/doctor.ts")).runDoctor));
}

function addReports(program: unknown, act: Act): void {
  const to = program as Program;
  withFilters(
    to.command("metrics")
      .description("Headline numbers of a period, with the change against the one before")
      .addOption(
        new Option("-p, --period <name>", "rolling period").choices(Object.keys(PERIODS))
          .default("24h"),
      )
      .option("--since <time>", "from this local date or time on")
      .option("--until <time>", "up to this local date or time")
      .addOption(new Option("--group-by <what>", "one row a group").choices(GROUPINGS))
      .option("--watch", "a live screen; with --json a line for each change")
      .option("--interval <seconds>", "how often --watch looks for news (2)", lookSeconds),
  ).addHelpText(
    "after",
    examples(
      "metrics -p 30d --group-by model",
      "metrics --since 2026-11-01 --group-by day --json",
      "metrics --watch -p 1h",
    ),
  ).action(act(async () => (await import("./commands/metrics.ts")).runMetrics));
  withFilters(
    to.command("sessions")
      .description("Sessions, the latest first")
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
      .option("--offset <number>", "how many to pass over", wholeNumber, 0),
  ).addHelpText("after", examples("sessions -n 5", "sessions --project blueplane --json"))
    .action(act(async () => (await import("./commands/sessions.ts")).runSessions));
  addInsights(program, act);
}

function addInsights(program: unknown, act: Act): void {
  const to = withFilters(
    (program as Program).command("insights")
      .description("What was found in sessions, each with its numbers and what to do")
      .addOption(
        new Option("--type <what>", "only these").choices([...INSIGHT_TYPES, "all"])
          .default("all"),
      )
      .addOption(
        new Option("--priority <what>", "only those that matter so much")
          .choices([...SEVERITIES, "all"]).default("all"),
      )
      .option("--hidden", "show dismissed and muted ones, too")
      .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20),
  ).helpCommand(false).addHelpText(
    "after",
    examples("insights --priority high", "insights --type cost --json", "insights dismiss ID"),
  );
  to.action(act(async () => (await import("./commands/insights.ts")).runInsights));
  const load = () => import("./commands/insight_changes.ts");
  const what = { id: "id of an insight, as the list shows it", kind: "kind of insights" };
  to.command("dismiss")
    .description("Hide an insight until it gets clearly worse")
    .argument("<id>", what.id)
    .addHelpText("after", examples("insights dismiss 1a2b3c4d"))
    .action(act(async () => (await load()).runInsightDismiss));
  to.command("restore")
    .description("Show an insight that was dismissed")
    .argument("<id>", what.id)
    .addHelpText("after", examples("insights restore 1a2b3c4d"))
    .action(act(async () => (await load()).runInsightRestore));
  to.command("mute")
    .description("Hide all insights of a kind")
    .argument("<kind>", what.kind)
    .addHelpText("after", examples("insights mute patterns.churn"))
    .action(act(async () => (await load()).runInsightMute));
  to.command("unmute")
    .description("Show a kind that was muted")
    .argument("<kind>", what.kind)
    .addHelpText("after", examples("insights unmute patterns.churn"))
    .action(act(async () => (await load()).runInsightUnmute));
}

function addHooks(program: unknown, act: Act): void {
  const to = program as Program;
  const first = PLATFORMS[0]!.aliases.at(-1)!;
  const what = "assistant into whose settings it goes";
  to.command("install")
    .description("Make an assistant tell of sessions, prompts and permissions as they happen")
    .argument("<platform>", what)
    .option("--hooks", "by its hooks (the default)")
    .option("--dry-run", "show what would be changed, and change nothing")
    .addHelpText("after", examples(`install ${first}`, `install ${first} --dry-run`))
    .action(act(async () => (await import("./commands/install.ts")).runInstall));
  to.command("uninstall")
    .description("Take out of an assistant's settings what install put in")
    .argument("<platform>", what)
    .option("--hooks", "its hooks (the default)")
    .option("--dry-run", "show what would be changed, and change nothing")
    .addHelpText("after", examples(`uninstall ${first}`))
    .action(act(async () => (await import("./commands/uninstall.ts")).runUninstall));
  to.command("hook")
    .description("What an installed hook runs, with JSON on stdin: silent, never fails")
    .argument("<platform>", "assistant that calls")
    .addHelpText("after", examples(`hook ${first} < payload.json`))
    .action(act(async () => (await import("./commands/hook.ts")).runHook));
}

function addDlq(program: unknown, act: Act): void {
  const to = (program as Program).command("dlq")
    .description("Dead letters: what could not be stored, kept for seven days")
    .helpCommand(false)
    .addHelpText("after", examples("dlq list", "dlq show 7", "dlq replay --all"));
  to.command("list")
    .description("List dead letters and what is wrong with them")
    .option("-n, --limit <number>", "how many; 0 for all", wholeNumber, 20)
    .option("--offset <number>", "how many to pass over", wholeNumber, 0)
    .addHelpText("after", examples("dlq list", "dlq list -n 0 --json"))
    .action(act(async () => (await import("./commands/dlq.ts")).runDlqList));
  to.command("show")
    .description("Show a letter, and its event as far as it may be kept")
    .argument("<id>", "id of the letter")
    .addHelpText("after", examples("dlq show 7"))
    .action(act(async () => (await import("./commands/dlq.ts")).runDlqShow));
  to.command("replay")
    .description("Try to store letters once more; exit code 1 when some fail again")
    .argument("[ids...]", "ids of letters")
    .option("--all", "all of them")
    .addHelpText("after", examples("dlq replay 7 8", "dlq replay --all --json"))
    .action(act(async () => (await import("./commands/dlq_changes.ts")).runDlqReplay));
  to.command("drop")
    .description("Remove letters for good")
    .argument("[ids...]", "ids of letters")
    .option("--all", "all of them, without asking")
    .addHelpText("after", examples("dlq drop 7", "dlq drop --all"))
    .action(act(async () => (await import("./commands/dlq_changes.ts")).runDlqDrop));
}

function withFilters(command: unknown): Program {
  return (command as Program)
    .option("--platform <name>", "only this assistant")
    .option("--project <name>", "only this project: its name or id")
    .option("--session <id>", "only this session")
    .option("--model <name>", "only this model") as unknown as Program;
}

function examples(...calls: string[]): string {
  return `\nExamples:\n${calls.map((call) => `  blueplane ${call}`).join("\n")}`;
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Cannot count: it is no whole number");
}

function lookSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (seconds >= 0.2 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError("Cannot wait: it is no number of seconds from 0.2 to 3600");
}

function usageExit(error: CommanderError, program: unknown, io: Io): number {
  if (error.exitCode === 0) return 0;
  // Words of a group of commands are not those of the program.
  const named = (program as Program).commands.find((group) =>
    group.commands.length > 0 && io.args.includes(group.name())
  );
  const command = named ?? program as Program;
  if (error.code === "commander.help") {
    io.stderr.write(command.helpInformation());
    return 2;
  }
  const names = command.commands.map((command) => command.name());
  const exit = asExit(new UsageError(usageMessage(error, names)));
  io.stderr.write(`error: ${exit.message}\n`);
  return exit.code;
}
