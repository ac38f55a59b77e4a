/**
 * Looks at our entries in an assistant's settings as they stand: whether they call a program that
 * is there, each once, and whether anything switches them off.
 *
 * @module
 */

import type { Environment, Platform } from "./platform.ts";
import { readSettings } from "./settings_file.ts";
import { ownLists } from "./settings_lists.ts";

/** What is found in one settings file. */
export interface HookInspection {
  readonly path: string;
  /** Entries of ours. */
  readonly entries: number;
  /** Lists that call us more than once. */
  readonly doubled: readonly string[];
  /** Programs that are called and are not there. */
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
      missing: [...new Set(programs)].filter((program) => isMissing(program)),
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

/** The first word, as a shell reads it. */
function firstWord(words: string): string {
  const [, quoted, plain] = /^(?:'((?:[^']|'\\'')*)'|(\S+))/.exec(words) ?? [];
  return quoted?.replaceAll("'\\''", "'") ?? plain ?? words;
}

/** A word without a folder is looked for where a shell looks: that may be anywhere. */
function isMissing(program: string): boolean {
  if (!/[/\\]/.test(program)) return false;
  try {
    return !Deno.statSync(program).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return true;
    }
    if (error instanceof Error) return false;
    throw error;
  }
}

function readsTrue(text: string, name: string): boolean {
  return new RegExp(`"${name}"\\s*:\\s*true\\b`).test(text);
}
