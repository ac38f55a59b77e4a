/**
 * Exit codes, and the errors that ask for one: 1 failed, 2 used wrongly, 3 not found or not
 * running, 130 interrupted.
 *
 * @module
 */

import { isNoRoom } from "../core/no_room.ts";
import { ConfigError } from "../core/setting.ts";
import type { Io } from "./io.ts";
import { isDamagedError, isFullError } from "../core/sqlite_error.ts";

/** Thrown for a command that was called wrongly: exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Thrown when what was asked for is not there: exit code 3. */
export class NotFoundError extends Error {
  override name = "NotFoundError";
}

/** The exit code of a command that was interrupted. */
export const EXIT_INTERRUPTED = 130;

/** The exit code of something that was not found or does not run. */
export const EXIT_NOT_FOUND = 3;

/** What is said of a database that makes no sense. */
export const DAMAGED_TEXT =
  "Cannot use the database: it is damaged; blueplane sync, or the next " +
  "start of the server, makes it anew of what is left";

/** The code and the one line that an error becomes. */
export function asExit(error: unknown): { code: number; message: string } {
  const message = error instanceof Error ? error.message.split("\n")[0]! : String(error);
  if (error instanceof UsageError || error instanceof ConfigError) return { code: 2, message };
  if (error instanceof NotFoundError) return { code: EXIT_NOT_FOUND, message };
  return { code: 1, message: isDamagedError(error) ? DAMAGED_TEXT : ownText(error, message) };
}

/** What the system says of a full disk tells nobody what to do. */
function ownText(error: unknown, message: string): string {
  const isFull = !message.startsWith("Cannot ") && (isNoRoom(error) || isFullError(error));
  return isFull ? "Cannot go on: the disk is full; free some space" : message;
}

/** Says what went wrong, with all of it where that is asked for. @returns the exit code */
export function tellError(io: Io, error: unknown): number {
  const { code, message } = asExit(error);
  if (message !== "") io.stderr.write(`error: ${message}\n`);
  if (io.args.includes("--debug") && error instanceof Error) {
    io.stderr.write(`${error.stack}\n`);
  }
  return code;
}
