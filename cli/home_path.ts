/**
 * Where the data folder is, and the user's own.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** The user's own home folder; undefined where the system does not tell. */
export function userHomeOf(io: Io): string | undefined {
  return io.env(Deno.build.os === "windows" ? "USERPROFILE" : "HOME") || undefined;
}

/** The data folder: the named one, or where it is usually; undefined if that is nowhere. */
export function homePathOf(io: Io, named: string | undefined): string | undefined {
  const userHome = userHomeOf(io);
  return named ?? (io.env("BLUEPLANE_HOME") || (userHome && `${userHome}/.blueplane`));
}
