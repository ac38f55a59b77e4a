/**
 * The program that a command line names, and whether it can be run.
 *
 * @module
 */

import { isMissing } from "../core/if_there.ts";

const RUN_BITS = 0o111;

/** The first word, as a shell reads it. */
export function firstWord(words: string): string {
  const [, quoted, plain] = /^(?:'((?:[^']|'\\'')*)'|(\S+))/.exec(words) ?? [];
  return quoted?.replaceAll("'\\''", "'") ?? plain ?? words;
}

/** A word without a folder is looked for where a shell looks: that may be anywhere. */
export function canRun(program: string): boolean {
  if (!/[/\\]/.test(program)) return true;
  try {
    const { isFile, mode } = Deno.statSync(program);
    // A system without modes tells none.
    return isFile && (mode === null || (mode & RUN_BITS) !== 0);
  } catch (error) {
    if (isMissing(error)) return false;
    // What we may not look at, the assistant may run.
    if (error instanceof Error) return true;
    throw error;
  }
}
