/**
 * `blueplane worker`: makes machines know each other, of which one captures for the other.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

/** Options of the command. */
export interface WorkerOptions {
  readonly invite?: true;
  readonly join?: true;
}

/** Runs the command. */
export async function runWorker(
  io: Io,
  globals: Globals,
  { invite, join }: WorkerOptions,
): Promise<number> {
  const given = [invite, join].filter((option) => option !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      "Cannot run a worker: give one of --invite and --join; see --help",
    );
  }
  if (invite) return (await import("../worker/invite.ts")).invite(io, globals);
  return await (await import("../worker/join.ts")).join(io, globals);
}
