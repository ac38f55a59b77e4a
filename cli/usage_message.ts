/**
 * What the option parser complains of, in the house's words and in one line.
 *
 * @module
 */

import type { CommanderError } from "@commander-js/extra-typings";
import { nearestWord } from "../core/nearest_word.ts";

const WORD_CHARACTERS = 40;
const LONG = 5;

/** The message of a usage error; `commands` are the names there are. */
export function usageMessage(error: CommanderError, commands: readonly string[]): string {
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
    const words = Number(/Expected (\d+) /.exec(text)?.[1] ?? 0);
    return `Cannot use all of the words: this command takes ${words || "options only"}`;
  }
  if (error.code === "commander.optionMissingArgument") {
    return `Cannot use '${quoted}': its value is missing`;
  }
  if (error.code === "commander.missingArgument") {
    return `Cannot run the command: <${quoted}> is missing; see --help`;
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
  const nearest = value.length < LONG ? undefined : nearestWord(value, choices);
  return `Cannot use '${value}' for ${option}: ${why.charAt(0).toLowerCase()}${why.slice(1)}` +
    (nearest ? `; did you mean ${nearest}?` : "");
}
