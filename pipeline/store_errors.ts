/**
 * What is said where events cannot be stored.
 *
 * @module
 */

import { DiskFullError } from "../core/database.ts";
import { isFullError } from "../core/sqlite_error.ts";

/** To whoever asks for something when it is too late. */
export function closedError(): Error {
  return new Error("Cannot store events: the pipeline is closed");
}

/** An error of the database as people understand it, where it is one that they can mend. */
export function explain(error: unknown): unknown {
  if (!isFullError(error)) return error;
  return new DiskFullError(
    "Cannot store events: the disk is full; free some space, reading goes on then",
    { cause: error },
  );
}
