/**
 * What may come next on a command line, place by place, as the command table has it.
 *
 * @module
 */

import type { Program } from "../program/command_parts.ts";

/** A word with its meaning. */
export interface Candidate {
  readonly word: string;
  readonly help: string;
}

/** What the program tells of its data when a shell asks for it. */
export const ASKED = ["sessions", "projects", "models", "insights", "letters"] as const;

/** One of {@linkcode ASKED}. */
export type Asked = typeof ASKED[number];

/**
 * What may stand for a value: one of these words, a file, a folder, what the program tells of its
 * data when it is asked, or anything.
 */
export type Values = readonly string[] | "files" | "folders" | Asked | "anything";

/** A place and what may stand there. */
export interface Place<What> {
  /** The words of the commands before it, "" for the program itself, and its option or number. */
  readonly keys: readonly string[];
  readonly what: What;
}

/** All places. */
export interface CompletionTable {
  /** By command: the commands below it. */
  readonly commands: readonly Place<readonly Candidate[]>[];
  /** By command: its options, and those that every command takes. */
  readonly options: readonly Place<readonly Candidate[]>[];
  readonly globals: readonly Candidate[];
  /** By command and option; those that every command takes have a star for the command. */
  readonly optionValues: readonly Place<Values>[];
  /** By command and number of the word, from 0 on. */
  readonly argumentValues: readonly Place<Values>[];
}

/** What stands for a placeholder that the command table does not know the words of. */
export type Hints = Readonly<Record<string, Values>>;

type Option = Program["options"][number];

/** The table of a program. */
export function completionTable(program: Program, hints: Hints): CompletionTable {
  const all = withNested(program, "");
  const nested = all.filter(({ path }) => path !== "");
  const help = { word: "--help", help: "show help" };
  return {
    commands: all.filter(({ command }) => command.commands.length > 0)
      .map(({ command, path }) => ({
        keys: [path],
        what: command.commands.map((one) => ({ word: one.name(), help: one.description() })),
      })),
    options: nested.map(({ command, path }) => ({
      keys: [path],
      what: command.options.flatMap(candidates),
    })).filter(({ what }) => what.length > 0),
    globals: [...program.options.flatMap(candidates), help],
    optionValues: all.flatMap(({ command, path }) =>
      command.options.filter(({ required, optional }) => required || optional)
        .map((option) => ({
          keys: names(option).map((name) => `${path === "" ? "*" : path} ${name}`),
          what: valuesOf(option.argChoices, placeholder(option.flags), hints),
        }))
    ),
    argumentValues: nested.flatMap(({ command, path }) =>
      command.registeredArguments.map((argument, index) => ({
        keys: [`${path} ${index}`],
        what: valuesOf(argument.argChoices, argument.name(), hints),
      }))
    ),
  };
}

function withNested(
  command: Program,
  path: string,
): { readonly command: Program; readonly path: string }[] {
  const below = command.commands as unknown as readonly Program[];
  return [
    { command, path },
    ...below.flatMap((one) => withNested(one, `${path} ${one.name()}`.trimStart())),
  ];
}

function candidates(option: Option): Candidate[] {
  return names(option).map((word) => ({ word, help: option.description }));
}

function names({ short, long }: Option): string[] {
  return [short, long].filter((name) => name !== undefined);
}

function placeholder(flags: string): string {
  return /[<[](\w+)/.exec(flags)?.[1] ?? "";
}

function valuesOf(choices: readonly string[] | undefined, name: string, hints: Hints): Values {
  return choices ?? hints[name] ?? "anything";
}
