/**
 * `blueplane config list`, `get`, `path` and `validate`: what is set, where, and whether it can
 * be.
 *
 * @module
 */

import { checkConfig, type ConfigProblem } from "../../core/config_check.ts";
import { type EffectiveSetting, explainConfig } from "../../core/config.ts";
import type { Globals } from "../cli.ts";
import { writeSchema } from "../config_schema.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { csvText } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import type { Io } from "../io.ts";
import { paintFor, renderTable } from "../table.ts";
import { printJson } from "../with_report.ts";
import { configOrigins, findHome } from "../workspace.ts";
import { findSetting } from "../../core/settings.ts";

const NAMES = ["setting", "value", "from"];
const COLUMNS = NAMES.map((title) => ({ title }));
const EXIT_USAGE = 2;

/** Runs `config list`. */
export function runConfigList(
  io: Io,
  globals: Globals,
  options: { format?: ListFormat },
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const origins = configOrigins(io, findHome(io, globals)), settings = explainConfig(origins);
  const rows = settings.map(({ key, value, origin }) => [key, String(value), origin]);
  const shown = rows.map((row) => row.map((cell) => cell || "–"));
  if (format === "json") printSettings(io, settings);
  else if (format === "csv") io.stdout.write(csvText(NAMES, rows));
  else if (format === "markdown") io.stdout.write(markdownTable(COLUMNS, rows));
  else io.stdout.write(renderTable(COLUMNS, shown, paintFor(io, globals), io.stdout.columns()));
  for (const problem of globals.quiet ? [] : checkConfig(origins)) {
    io.stderr.write(`warning: ${problemText(problem)}\n`);
  }
  return Promise.resolve(0);
}

/** Runs `config get`: the value alone, for scripts. */
export function runConfigGet(
  io: Io,
  globals: Globals,
  _options: unknown,
  key: string,
): Promise<number> {
  findSetting(key);
  const settings = explainConfig(configOrigins(io, findHome(io, globals)))
    .filter((setting) => setting.key === key);
  if (globals.json) printSettings(io, settings);
  else io.stdout.write(`${settings[0]!.value}\n`);
  return Promise.resolve(0);
}

/** Runs `config path`. */
export function runConfigPath(io: Io, globals: Globals): Promise<number> {
  if (globals.json) {
    throw new UsageError("Cannot print the path as JSON: no JSON of blueplane holds a path");
  }
  io.stdout.write(`${findHome(io, globals).config}\n`);
  return Promise.resolve(0);
}

/** Runs `config validate`; exit code 2 says that something is wrong. */
export function runConfigValidate(io: Io, globals: Globals): Promise<number> {
  const home = findHome(io, globals);
  const origins = configOrigins(io, home);
  const problems = checkConfig(origins);
  if (origins.file !== undefined) writeSchema(home);
  if (globals.json) {
    const valid = problems.length === 0;
    printJson(io, { schema: "blueplane.config_check/1", valid, problems });
  } else {
    for (const problem of problems) io.stderr.write(`error: ${problemText(problem)}\n`);
    const good = origins.file === undefined
      ? "There is no config.json: all settings are the defaults or from the environment"
      : "config.json is valid";
    if (problems.length === 0 && !globals.quiet) io.stdout.write(`${good}\n`);
  }
  return Promise.resolve(problems.length === 0 ? 0 : EXIT_USAGE);
}

function problemText({ line, column, message }: ConfigProblem): string {
  if (line === null) return `Cannot use the environment: ${message}`;
  return `Cannot use config.json: line ${line}, column ${column}: ${message}`;
}

function printSettings(io: Io, settings: readonly EffectiveSetting[]): void {
  printJson(io, { schema: "blueplane.config/1", settings });
}
