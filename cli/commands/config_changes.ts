/**
 * `blueplane config set` and `unset`: change one value of `config.json`, and no other byte.
 *
 * @module
 */

import {
  encodeSettings,
  readSettings,
  replaceSettings,
  type SettingsFile,
} from "../../capture/settings_file.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { CAPTURE_SETTINGS, listOf } from "../../core/capture_settings.ts";
import { setInFile, unsetInFile } from "../../core/config_file.ts";
import { type Home, makeHome } from "../../core/home.ts";
import { ConfigError, refusalOf, type Setting, type SettingValue } from "../../core/setting.ts";
import { JsoncError, parseJsonc } from "../../core/jsonc.ts";
import type { Globals } from "../cli.ts";
import { writeSchema } from "../config_schema.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { noteChoices } from "../open_gate.ts";
import { readLine } from "../read_line.ts";
import { findServer } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { findHome } from "../workspace.ts";
import { findSetting, settingVariable } from "../../core/settings.ts";

/** What these leave out is left out from then on. */
const ONWARD: ReadonlySet<string> = new Set(["capture.off", "capture.exclude"]);
const LIVE: ReadonlySet<string> = new Set(CAPTURE_SETTINGS.map(({ key }) => key));

/** Runs `config set`; a value that is not given is asked for, so that no history keeps it. */
export async function runConfigSet(
  io: Io,
  globals: Globals,
  _options: unknown,
  key: string,
  given: string | undefined,
): Promise<number> {
  const setting = findSetting(key);
  const value = valueOf(setting, given ?? await askedValue(io, key));
  const home = findHome(io, globals);
  makeHome(home);
  const file = readSettings(home.config);
  const text = file.bytes && file.text;
  requireObject(text);
  write(home, file, setInFile(text, key, value));
  noteChoices(io, home);
  const variable = settingVariable(setting, io.env);
  if (variable) {
    io.stderr.write(`note: ${variable.name} is set, and goes before config.json\n`);
  }
  await tell(io, globals, home, { key, is_set: true });
  return 0;
}

/** @throws {UsageError} where no value comes: none is no wish for an empty one */
async function askedValue(io: Io, key: string): Promise<string> {
  const value = await readLine(io, `${key}: `);
  if (value !== "") return value;
  throw new UsageError(`Cannot set ${key}: no value came; config unset ${key} takes it out`);
}

/** Runs `config unset`. */
export async function runConfigUnset(
  io: Io,
  globals: Globals,
  _options: unknown,
  key: string,
): Promise<number> {
  findSetting(key);
  const home = findHome(io, globals);
  const file = readSettings(home.config);
  if (file.bytes) {
    requireObject(file.text);
    const text = unsetInFile(file.text, key);
    if (text !== file.text) write(home, file, text);
    noteChoices(io, home);
  }
  await tell(io, globals, home, { key, is_set: false });
  return 0;
}

/** Numbers, lists and truths are written as such. */
function valueOf(setting: Setting, text: string): SettingValue {
  const { schema } = setting, refusal = refusalOf(setting, text);
  if (refusal !== undefined) throw new ConfigError(`Cannot set the value: ${refusal}`);
  if (schema["type"] === "array") return listOf(text);
  if (schema["type"] === "boolean") return text === "true";
  return schema["type"] === "integer" ? Number(text) : text;
}

/** Before an edit the file must be one that can be edited; what else is in it may be wrong. */
function requireObject(text: string | undefined): void {
  if (text === undefined || text.trim() === "") return;
  try {
    if (parseJsonc(text).type === "object") return;
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error;
  }
  throw new ConfigError(
    "Cannot change config.json: it is no JSON object; blueplane config validate says where",
  );
}

function write(home: Home, file: SettingsFile, text: string): void {
  try {
    replaceSettings(file, encodeSettings(file, text));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new Error(error.message.replace("the settings", "config.json"), { cause: error });
  }
  // It may hold a password by now.
  if (Deno.build.os !== "windows") Deno.chmodSync(home.config, 0o600);
  writeSchema(home);
}

async function tell(
  io: Io,
  globals: Globals,
  home: Home,
  { key, is_set }: { key: string; is_set: boolean },
): Promise<void> {
  if (globals.json) return printJson(io, { schema: "blueplane.config_change/1", key, is_set });
  if (globals.quiet) return;
  io.stdout.write(`${key} is ${is_set ? "set" : "not set any longer"} in config.json\n`);
  if (is_set && ONWARD.has(key)) {
    io.stderr.write("note: what was read before stays; blueplane purge deletes it\n");
  }
  // What is not captured holds at once.
  if (!LIVE.has(key) && await findServer(home)) {
    io.stderr.write(
      "note: the running server takes it at its next start: blueplane stop, then start\n",
    );
  }
}
