/**
 * `blueplane completions`: what a shell needs to complete commands, options and their values.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { PLATFORMS } from "../../capture/registry.ts";
import { FILE_EXTENSIONS } from "../../core/file_extensions.ts";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import { printable } from "../../core/printable.ts";
import { buildProgram, type Globals } from "../cli.ts";
import { askedWords } from "../completion/asked_words.ts";
import { bashCompletion } from "../completion/bash_completion.ts";
import { type Asked, completionTable, type Hints } from "../completion/completion_table.ts";
import { fishCompletion } from "../completion/fish_completion.ts";
import { zshCompletion } from "../completion/zsh_completion.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { chartedMetrics } from "../metrics_chart.ts";
import type { Program } from "../program/command_parts.ts";
import { SETTINGS } from "../../core/settings.ts";
import { findHome, openHomeReader, openWorkspace, projectLabels } from "../workspace.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** Options of the command. */
export interface CompletionsOptions {
  readonly words?: Asked;
  readonly beginning?: string;
}

/** Runs the command. */
export async function runCompletions(
  io: Io,
  globals: Globals,
  { words, beginning = "" }: CompletionsOptions,
  shell: keyof typeof SCRIPTS | undefined,
): Promise<number> {
  if (words !== undefined) printWords(io, globals, words, beginning);
  else if (shell !== undefined) io.stdout.write(SCRIPTS[shell](await tableOf(io)));
  else {
    const shells = Object.keys(SCRIPTS).join(", ");
    throw new UsageError(`Cannot run the command: <shell> is missing (one of ${shells})`);
  }
  return 0;
}

async function tableOf(io: Io) {
  const program = await buildProgram(io, () => {}) as unknown as Program;
  const hints: Hints = {
    dir: "folders",
    file: "files",
    files: "files",
    platform: PLATFORMS.map(({ id, aliases }) => aliases.at(-1) ?? id),
    key: SETTINGS.map(({ key }) => key),
    kind: INSIGHT_KINDS.map(({ name }) => name),
    metric: chartedMetrics(),
    extension: [...FILE_EXTENSIONS],
    session: "sessions",
    project: "projects",
    model: "models",
    insight: "insights",
    letter: "letters",
    letters: "letters",
    command: program.commands.map((command) => command.name()),
  };
  return completionTable(program, hints);
}

/** A line for each, with a tab before what it means, if that is told; none without any data. */
function printWords(io: Io, globals: Globals, asked: Asked, beginning: string): void {
  if (!existsSync(findHome(io, globals).database)) return;
  const workspace = openWorkspace(io, globals);
  const db = openHomeReader(workspace, "once");
  if (db === undefined) return;
  try {
    const from = { db, labels: projectLabels(workspace), now: io.clock.now() };
    const lines = askedWords(asked, beginning, from)
      .map(({ word, help }) => [word, ...help === "" ? [] : [help]].map(printable).join("\t"));
    io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  } finally {
    db.close();
  }
}
