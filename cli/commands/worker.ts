/**
 * `blueplane worker`: captures on this machine for another one, and makes the two know each other.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

/** Options of the command. */
export interface WorkerOptions {
  readonly role?: "capture";
  readonly name?: string;
  readonly once?: true;
  readonly invite?: true;
  readonly join?: true;
}

/** Runs the command. */
export async function runWorker(
  io: Io,
  globals: Globals,
  { role, name, once, invite, join }: WorkerOptions,
): Promise<number> {
  const given = [role, invite, join].filter((option) => option !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      "Cannot run a worker: give one of --role capture, --invite and --join; see --help",
    );
  }
  if (name !== undefined && (role === undefined || name.trim() === "")) {
    throw new UsageError("Cannot name the machine: --name NAME goes with --role capture");
  }
  if (once && role === undefined) {
    throw new UsageError("Cannot read once: --once goes with --role capture");
  }
  if (invite) return (await import("../worker/invite.ts")).invite(io, globals);
  if (join) return await (await import("../worker/join.ts")).join(io, globals);
  const { captureForOther } = await import("../worker/capture_for_other.ts");
  return await captureForOther(io, globals, { name, once });
}
