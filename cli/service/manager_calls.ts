/**
 * Calls the manager of services, and says what to do by hand where there is none.
 *
 * @module
 */

import { shellWord } from "../installed_hooks.ts";
import type { ManagerCall } from "./service_file.ts";

/** Makes the calls. @returns what could not be called, and why; undefined if all could */
export async function callManager(
  calls: readonly ManagerCall[],
): Promise<{ readonly reason: string; readonly left: readonly ManagerCall[] } | undefined> {
  for (const [index, { words, mayFail }] of calls.entries()) {
    const reason = await callOne(words);
    if (reason === undefined || mayFail) continue;
    return { reason, left: calls.slice(index) };
  }
  return undefined;
}

/** The line that makes them by hand. */
export function byHand(calls: readonly ManagerCall[]): string {
  return calls.map(({ words }) => words.map(shellWord).join(" ")).join(" && ");
}

/** @returns what went wrong, if anything did */
async function callOne([program, ...args]: readonly string[]): Promise<string | undefined> {
  try {
    const { code } = await new Deno.Command(program!, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return code === 0 ? undefined : `${program} ended with exit code ${code}`;
  } catch (error) {
    // Without a PATH the error has no kind of its own.
    if (!(error instanceof Error)) throw error;
    const isThere = error instanceof Deno.errors.PermissionDenied;
    return `${program} ${isThere ? "may not be run" : "is not there"}`;
  }
}
