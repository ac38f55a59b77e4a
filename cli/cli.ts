/**
 * The command line: what every command shares, and what is said of a wrong call. What a command
 * does is loaded when it is called, so that `metrics` loads no web server.
 *
 * @module
 */

import { Command, CommanderError } from "@commander-js/extra-typings";
import { asExit, DAMAGED_TEXT, tellError, UsageError } from "./exit.ts";
import type { Io } from "./io.ts";
import { type Act, examples, type Program } from "./program/command_parts.ts";
import {
  addAcceptance,
  addExport,
  addInsights,
  addMetrics,
  addSessions,
} from "./program/report_commands.ts";
import { terminalIo } from "./terminal_io.ts";
import { unknownCommandText, usageMessage } from "./usage_message.ts";
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

/** Adds commands to the program. */
type Part = (program: Program, act: Act) => void;

/** What is asked for most, and has the least time: nothing else is loaded for it. */
const SOUGHT_FIRST = [addMetrics, addAcceptance, addSessions, addInsights, addExport]
  .map((add: Part) => () => add);
/** In the order of the help. */
const PARTS: readonly (() => Part | Promise<Part>)[] = [
  async () => (await import("./program/server_commands.ts")).addServerCommands,
  ...SOUGHT_FIRST,
  async () => (await import("./program/advice_commands.ts")).addAdviceCommands,
  async () => (await import("./program/upkeep_commands.ts")).addUpkeepCommands,
  async () => (await import("./program/data_commands.ts")).addDataCommands,
  async () => (await import("./program/assistant_commands.ts")).addAssistantCommands,
  async () => (await import("./program/settings_commands.ts")).addSettingsCommands,
];

/** Columns of a description, however narrow the terminal is. */
const HELP_WIDTH_MIN = 12;

const OVERVIEW = `Blueplane tells how you and your AI assistant work, and keeps no content.

  blueplane start           read everything in the background; a dashboard
  blueplane metrics -p 7d   the last seven days in numbers; --watch is live
  blueplane sessions        sessions, the latest first
  blueplane analyze last    one of them in depth
  blueplane insights        what was found in them, and what to do
  blueplane status          what runs, and what is stored
  blueplane doctor          what is wrong, and how to mend it

blueplane --help lists all commands, blueplane help metrics explains one.
`;

/** Runs the command that the arguments name. @returns its exit code */
export async function runCli(given: Io): Promise<number> {
  const io = terminalIo(given);
  let code = 0;
  const program = await buildProgram(io, (result) => code = result, firstWord(io.args));
  try {
    await program.parseAsync([...io.args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, program, io);
    if (asExit(error).message === DAMAGED_TEXT) {
      (await import("./mend_home.ts")).noteDamage(io, program.opts() as Globals);
    }
    return tellError(io, error);
  }
}

/**
 * The commands and their help; `done` gets the exit code of the one that ran.
 *
 * @param sought a command: with its part of them, others are left out
 */
export async function buildProgram(io: Io, done: (code: number) => void, sought?: string) {
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
    .configureHelp({ minWidthToWrap: HELP_WIDTH_MIN })
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
  await addParts(program, act, sought);
  addHelp(program, done);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().configureOutput(program.configureOutput());
    command.helpOption("-h, --help", "show help");
  }
  return program;
}

/** To make all of the commands takes longer than to run some of them. */
async function addParts(program: unknown, act: Act, sought: string | undefined): Promise<void> {
  const parts = sought === undefined ? PARTS : new Set([...SOUGHT_FIRST, ...PARTS]);
  for (const load of parts) {
    const add = await load();
    add(program as Program, act);
    if ((program as Program).commands.some((command) => command.name() === sought)) return;
  }
}

/** The command, as a rule; undefined where the help of all may be asked for. */
function firstWord(args: readonly string[]): string | undefined {
  const word = args.find((arg) => !arg.startsWith("-"));
  return word === "help" ? undefined : word;
}

function addHelp(program: unknown, done: (code: number) => void): void {
  (program as Program).commandsGroup("Help:").command("help")
    .description("Show the help of a command")
    .argument("[command...]", "its words")
    .addHelpText("after", examples("help metrics", "help dlq list"))
    .action((words) => {
      let command = program as Program;
      for (const word of words) {
        const below = command.commands as unknown as readonly Program[];
        const next = below.find((one) => one.name() === word);
        const names = below.map((one) => one.name());
        if (!next) throw new UsageError(unknownCommandText(word.slice(0, 40), names));
        command = next;
      }
      command.outputHelp();
      done(0);
    });
}

/** The command, also one of a group, that the words name. */
function calledCommand(program: Program, args: readonly string[]): Program {
  return args.reduce((at, word) => {
    const below = at.commands as unknown as readonly Program[];
    return below.find((one) => one.name() === word) ?? at;
  }, program);
}

function usageExit(error: CommanderError, program: unknown, io: Io): number {
  if (error.exitCode === 0) return 0;
  // Words of a group of commands are not those of the program.
  const named = (program as Program).commands.find((group) =>
    group.commands.length > 0 && io.args.includes(group.name())
  );
  const command = named ?? program as Program;
  if (error.code === "commander.help" && !named) {
    io.stdout.write(OVERVIEW);
    return 0;
  }
  if (error.code === "commander.help") {
    io.stderr.write(command.helpInformation());
    return 2;
  }
  const names = command.commands.map((command) => command.name());
  const { registeredArguments: words, args } = calledCommand(program as Program, io.args);
  const exit = asExit(new UsageError(usageMessage(error, names, words, args)));
  io.stderr.write(`error: ${exit.message}\n`);
  return exit.code;
}
