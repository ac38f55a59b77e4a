/**
 * `blueplane completions`: what a shell needs to complete commands, options and their values.
 *
 * @module
 */

import { PLATFORMS } from "../../capture/registry.ts";
import { buildProgram, type Globals } from "../cli.ts";
import { bashCompletion } from "../completion/bash_completion.ts";
import { completionTable, type Hints } from "../completion/completion_table.ts";
import { fishCompletion } from "../completion/fish_completion.ts";
import { zshCompletion } from "../completion/zsh_completion.ts";
import type { Io } from "../io.ts";
import type { Program } from "../program/command_parts.ts";
import { SETTINGS } from "../../core/settings.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** Runs the command. */
export function runCompletions(
  io: Io,
  _globals: Globals,
  _options: unknown,
  shell: keyof typeof SCRIPTS,
): Promise<number> {
  const program = buildProgram(io, () => {}) as unknown as Program;
  const hints: Hints = {
    dir: "folders",
    file: "files",
    platform: PLATFORMS.map(({ id, aliases }) => aliases.at(-1) ?? id),
    key: SETTINGS.map(({ key }) => key),
    command: program.commands.map((command) => command.name()),
  };
  io.stdout.write(SCRIPTS[shell](completionTable(program, hints)));
  return Promise.resolve(0);
}
