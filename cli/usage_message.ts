/**
 * What the option parser complains of, in the house's words and in one line.
 *
 * @module
 */

import type { CommanderError } from "@commander-js/extra-typings";
import { formatCounted } from "../core/format.ts";
import { nearestWord } from "../core/nearest_word.ts";

const WORD_CHARACTERS = 40;

/** What is told of a word that a command takes. */
export interface TakenWord {
  readonly argChoices?: readonly string[] | undefined;
  readonly description: string;
  name(): string;
}

/**
 * The message of a usage error.
 *
 * @param commands the names of those that there are
 * @param words what the command takes that was called
 * @param given what it was called with, without options
 */
export function usageMessage(
  error: CommanderError,
  commands: readonly string[],
  words: readonly TakenWord[],
  given: readonly string[] = [],
): string {
  const text = error.message.replace(/^error: /, "").replaceAll("\n", " ");
  const quoted = (/'(.*?)'/.exec(text)?.[1] ?? "").slice(0, WORD_CHARACTERS);
  if (error.code === "commander.unknownCommand") return unknownCommandText(quoted, commands);
  if (error.code === "commander.unknownOption") {
    const nearest = /Did you mean (one of )?(.{1,80}?)\?/.exec(text)?.[2];
    return `Cannot use '${quoted}': there is no such option` +
      (nearest ? `; did you mean ${nearest}?` : "; see --help");
  }
  if (error.code === "commander.invalidArgument") return invalidArgument(text);
  if (error.code === "commander.excessArguments") {
    const count = Number(/Expected (\d+) /.exec(text)?.[1] ?? 0);
    const first = given[count]?.slice(0, WORD_CHARACTERS);
    return (first === undefined ? "Cannot use all of the words" : `Cannot use '${first}'`) +
      `: this command takes ${count === 0 ? "options only" : formatCounted(count, "word")}`;
  }
  if (error.code === "commander.conflictingOption") {
    const [one, other] = [...text.matchAll(/option '.*?(--[\w-]+).*?'/g)].map(([, name]) => name);
    return `Cannot use ${one} beside ${other}: leave one of them out`;
  }
  if (error.code === "commander.optionMissingArgument") {
    return `Cannot use '${quoted}': its value is missing`;
  }
  if (error.code === "commander.missingArgument") {
    const word = words.find((one) => one.name() === quoted);
    const what = word?.argChoices ? `one of ${word.argChoices.join(", ")}` : word?.description;
    return `Cannot run the command: <${quoted}> is missing` +
      (what ? ` (${what})` : "; see --help");
  }
  return `Cannot read the command: ${text.slice(0, 200).replace(/\.$/, "")}`;
}

/** What is said of a command that there is not. */
export function unknownCommandText(name: string, commands: readonly string[]): string {
  const nearest = nearestWord(name, commands);
  return `Cannot run '${name}': there is no such command` +
    (nearest ? `; did you mean ${nearest}?` : "; see blueplane --help");
}

/**
 * The parser says: option '-p, --period <name>' argument '8d' is invalid. Why. Of a word it says:
 * command-argument value 'tcsh' is invalid for argument 'shell'. Why.
 */
function invalidArgument(text: string): string {
  const parts = /option '(.*?)' argument '([^]*)' is invalid\. ([^]*)/.exec(text);
  const word = /argument value '([^]*)' is invalid for argument '(.*?)'\. ([^]*)/.exec(text);
  const option = /--[\w-]+/.exec(parts?.[1] ?? "")?.[0] ?? `<${word?.[2] ?? "word"}>`;
  const why = (parts?.[3] ?? word?.[3] ?? "").replace(/^Cannot \w+: /, "").replace(/\.$/, "");
  const value = (parts?.[2] ?? word?.[1] ?? "").slice(0, WORD_CHARACTERS);
  const choices = /^Allowed choices are (.*)$/.exec(why)?.[1]?.split(", ") ?? [];
  // Short words are all near to each other.
  const nearest = nearestWord(value, choices, Math.floor(value.length / 3));
  return `Cannot use '${value}' for ${option}: ${why.charAt(0).toLowerCase()}${why.slice(1)}` +
    (nearest ? `; did you mean ${nearest}?` : "");
}
