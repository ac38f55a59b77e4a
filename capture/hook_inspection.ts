/**
 * Looks at our entries in an assistant's settings as they stand: whether they call a program that
 * is there, each once, and whether anything switches them off.
 *
 * @module
 */

import type { Environment, Platform } from "./platform.ts";
import { canRun, firstWord } from "./program_path.ts";
import { readSettings } from "./settings_file.ts";
import { ownLists } from "./settings_lists.ts";

/** What is found in one settings file. */
export interface HookInspection {
  readonly path: string;
  /** Entries of ours. */
  readonly entries: number;
  /** Lists that call us more than once. */
  readonly doubled: readonly string[];
  /** Programs that are called and cannot be run. */
  readonly missing: readonly string[];
  /** The value that switches all hooks off, if one does. */
  readonly switchedOffBy: string | undefined;
}

/**
 * Every settings file that holds an entry of ours.
 *
 * @throws {SettingsError} when a file cannot be read
 */
export function inspectHooks(platform: Platform, environment: Environment): HookInspection[] {
  const { isOwn, programOf, files, offSwitches = [] } = platform.hooks;
  return files(environment).flatMap((path) => {
    const { text } = readSettings(path);
    const lists = ownLists(text, isOwn);
    const own = Object.entries(lists)
      .map(([name, values]) => [name, [...ownIn(values, isOwn)]] as const);
    const entries = own.flatMap(([, values]) => values);
    if (entries.length === 0) return [];
    const programs = entries.map(programOf).flatMap((words) => words ? firstWord(words) : []);
    return [{
      path,
      entries: entries.length,
      doubled: own.filter(([, values]) => values.length > 1).map(([name]) => name),
      missing: [...new Set(programs)].filter((program) => !canRun(program)),
      switchedOffBy: offSwitches.find((name) => readsTrue(text, name)),
    }];
  });
}

function* ownIn(value: unknown, isOwn: (value: unknown) => boolean): Generator<unknown> {
  if (isOwn(value)) yield value;
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* ownIn(part, isOwn);
  }
}

function readsTrue(text: string, name: string): boolean {
  return new RegExp(`"${name}"\\s*:\\s*true\\b`).test(text);
}
