/**
 * Finds all that is wrong with the settings at once, and says to editors what is right.
 *
 * @module
 */

import { type ConfigOrigins } from "./config.ts";
import { readConfigFile } from "./config_file.ts";
import { refusalOf } from "./setting.ts";
import { findSetting, missingText, SETTINGS, settingVariable } from "./settings.ts";

/** What is wrong in the file and the environment; `line` is null for what is not in the file. */
export interface ConfigProblem {
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** All that is wrong, in the order of the file. */
export function checkConfig({ env, file }: Omit<ConfigOrigins, "flags">): ConfigProblem[] {
  const keys = SETTINGS.map(({ key }) => key);
  const { entries, problems } = readConfigFile(file ?? "{}", keys);
  const found: ConfigProblem[] = problems.map(({ line, column, what, unknown }) => ({
    line,
    column,
    message: unknown === undefined ? what : missingText(unknown),
  }));
  for (const { key, value, line, column } of entries) {
    const message = refusalOf(findSetting(key), value);
    if (message !== undefined) found.push({ line, column, message });
  }
  found.sort((a, b) => a.line! - b.line! || a.column! - b.column!);
  for (const setting of SETTINGS) {
    const variable = settingVariable(setting, env);
    const message = variable && refusalOf(setting, variable.value);
    if (message === undefined) continue;
    found.push({ line: null, column: null, message: `${variable?.name}: ${message}` });
  }
  return found;
}

/** The schema of the file, as editors take it to complete and to check. */
export function configSchema(): Record<string, unknown> {
  const sections = new Map<string, Record<string, unknown>>();
  for (const { key, fallback, help, schema } of SETTINGS) {
    const [section, name] = key.split(".") as [string, string];
    const properties = sections.get(section) ?? {};
    properties[name] = { ...schema, description: help, default: fallback };
    sections.set(section, properties);
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of Blueplane",
    type: "object",
    properties: {
      $schema: { type: "string" },
      ...Object.fromEntries(
        [...sections].map(([section, properties]) => [
          section,
          { type: "object", properties, additionalProperties: false },
        ]),
      ),
    },
    additionalProperties: false,
  };
}
