/**
 * What the files of the command table share: the type of a command, and values of options.
 *
 * @module
 */

import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { PERIODS } from "../../core/reports/period.ts";

/** The program, or a group of commands. */
export type Program = Command<[], Record<string, unknown>>;

/** Makes the action of a command out of what loads it. */
// deno-lint-ignore no-explicit-any -- each command has options of its own type
export type Act = (load: () => Promise<any>) => (...given: any[]) => Promise<void>;

/** The end of a command's help. */
export function examples(...calls: string[]): string {
  return `\nExamples:\n${calls.map((call) => `  blueplane ${call}`).join("\n")}`;
}

/** The option that chooses how something is printed. */
export function formatOption<Name extends string>(names: readonly Name[]) {
  return new Option("-f, --format <name>", "how it is printed (table); --json is json")
    .choices(names);
}

/** The options of a period: a rolling one, or one between two times. */
export function withPeriod(
  command: unknown,
  { fallback, what = "rolling period" }: {
    readonly fallback?: string;
    readonly what?: string;
  },
): Program {
  const period = new Option("-p, --period <name>", what).choices(Object.keys(PERIODS))
    .conflicts(["since", "until"]);
  return (command as Program)
    .addOption(fallback === undefined ? period : period.default(fallback))
    .option("--since <time>", "from this local date or time on")
    .option("--until <time>", "up to this local date or time") as unknown as Program;
}

/** The option's value as a number that counts. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Cannot count: it is no whole number of 0 or more");
}
