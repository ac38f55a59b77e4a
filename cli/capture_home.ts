/**
 * `worker.json`: marks a data folder that only captures, for the installation whose key it has.
 *
 * @module
 */

import { type Home, writePrivateFile } from "../core/home.ts";
import { ifThere } from "../core/if_there.ts";

/** Whether it only captures. */
export function isCaptureHome(home: Home): boolean {
  return ifThere(() => Deno.statSync(home.worker).isFile) ?? false;
}

/**
 * Marks it, if it is not marked already.
 *
 * @param now milliseconds
 */
export function markCaptureHome(home: Home, now: number): void {
  if (isCaptureHome(home)) return;
  const note = { joined_at: new Date(now).toISOString() };
  writePrivateFile(home.worker, `${JSON.stringify(note)}\n`);
}

/**
 * By what a capture worker is told from others, where the user names it not. The host name is not
 * enough: a Linux within Windows has that of its Windows, where the server may run.
 */
export function usualName(home: Home): string {
  return `${Deno.hostname()} ${Deno.readTextFileSync(home.worker)}`;
}

/** The command that reads what is new into it. */
export function readingCommand(home: Home): string {
  return isCaptureHome(home) ? "blueplane worker --role capture" : "blueplane sync";
}

/**
 * For commands that need what is processed.
 *
 * @param purpose as in "Cannot show sessions"
 * @throws {Error} when this data folder only captures
 */
export function requireOwnHome(home: Home, purpose: string): void {
  if (!isCaptureHome(home)) return;
  throw new Error(
    `Cannot ${purpose}: this machine only captures, for the one that invited it; look there, ` +
      "or name another data folder with --home DIR",
  );
}
