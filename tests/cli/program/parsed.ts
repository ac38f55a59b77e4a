/** What a part of the command table makes of a call, without running it. */

import { Command } from "@commander-js/extra-typings";
import type { Act } from "../../../cli/program/command_parts.ts";

/** A call as the command would get it. */
export interface Parsed {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Parses a call.
 *
 * @throws {Error} when it is wrong
 */
export async function parsed(
  add: (program: unknown, act: Act) => void,
  args: readonly string[],
): Promise<Parsed> {
  const program = new Command("blueplane").exitOverride().configureOutput({ writeErr() {} });
  const calls: Parsed[] = [];
  add(program, (load) => async (...given) => {
    if (typeof await load() !== "function") throw new Error("Cannot run it: there is nothing");
    calls.push({
      words: given.slice(0, -2).flat().filter((word) => word !== undefined),
      options: given.at(-2),
    });
  });
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().configureOutput({ writeErr() {} });
  }
  await program.parseAsync([...args], { from: "user" });
  if (calls.length !== 1) throw new Error(`Cannot parse: ${calls.length} commands were called`);
  return calls[0]!;
}
