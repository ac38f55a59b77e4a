/**
 * A data folder that the user may not read, or not write to: whatever finds out says the same.
 *
 * @module
 */

import { ifThere, isDenied } from "./if_there.ts";
import { isClosedError } from "./sqlite_error.ts";

/** Thrown where it is so; who can do with what is stored goes on. */
export class HomeClosedError extends Error {
  override name = "HomeClosedError";
}

/** An error of the system or of SQLite as one of these, if that is why; others as they were. */
export function asHomeClosed(error: unknown, verb: "read" | "write to"): unknown {
  const isReadOnly = error instanceof Error && "code" in error && error.code === "EROFS";
  if (!isReadOnly && !isDenied(error) && !isClosedError(error)) return error;
  const reason = isReadOnly ? "its disk is read-only" : "permission denied";
  return new HomeClosedError(
    `Cannot ${verb} the data folder: ${reason}; blueplane doctor --fix opens what is your own`,
    { cause: error },
  );
}

/** Does what needs the folder. @throws {HomeClosedError} where that is closed */
export function inHome<T>(verb: "read" | "write to", work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asHomeClosed(error, verb);
  }
}

/** The text of a file in it; undefined where there is none. @throws {HomeClosedError} */
export function readInHome(path: string): string | undefined {
  return ifThere(() => inHome("read", () => Deno.readTextFileSync(path)));
}
