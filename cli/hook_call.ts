/**
 * The data folder of a program that an assistant runs, found without settings.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** The user's own home folder; undefined where the system does not tell. */
export function userHomeOf(io: Io): string | undefined {
  return Deno.build.os === "windows" ? io.env("USERPROFILE") : io.env("HOME");
}

/** The data folder: the named one, or where it is usually; undefined if that is nowhere. */
export function homePathOf(io: Io, named: string | undefined): string | undefined {
  const userHome = userHomeOf(io);
  return named ?? (io.env("BLUEPLANE_HOME") || (userHome && `${userHome}/.blueplane`));
}
