/**
 * `blueplane worker --invite`: prints what lets another machine capture for this one.
 *
 * @module
 */

import { readKey } from "../../core/home.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { openWorkspace } from "../workspace.ts";
import { encodeInvitation } from "./invitation.ts";

/** Runs it. */
export function invite(io: Io, globals: Globals): number {
  const { home, config } = openWorkspace(io, globals);
  const invitation = encodeInvitation(readKey(home, true)!);
  const document = { schema: "blueplane.worker/1", invitation };
  io.stdout.write(`${globals.json ? JSON.stringify(document) : invitation}\n`);
  if (globals.quiet) return 0;
  const where = config.redisUrl === undefined
    ? "Set redis.url here and on the other machine"
    : "Set redis.url on the other machine as it is here";
  io.stderr.write(
    "note: this line is a secret: it holds the key of this installation. Carry it to the other " +
      `machine on a safe way, and keep no copy. ${where}, then run there:\n` +
      "  blueplane worker --join           (asks for the line)\n" +
      "  blueplane worker --role capture\n",
  );
  return 0;
}
