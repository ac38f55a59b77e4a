/**
 * `blueplane rebuild --live`: throws the live picture in Redis away and writes it anew.
 *
 * @module
 */

import { formatCounted } from "../../core/format.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError } from "../exit.ts";
import type { Io } from "../io.ts";
import { rebuildLive } from "../live.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace } from "../workspace.ts";

/** Runs the command. */
export async function runRebuildLive(io: Io, globals: Globals): Promise<number> {
  const workspace = openWorkspace(io, globals);
  const db = openHomeReader(workspace);
  // An empty picture would take the place of that of the machine on which the numbers are.
  if (!db) throw new NotFoundError("Cannot rebuild the live picture: nothing is stored here yet");
  try {
    const keys = await rebuildLive(workspace, db);
    if (globals.json) printJson(io, { schema: "blueplane.rebuild/1", live: { keys } });
    else if (!globals.quiet) {
      io.stdout.write(`The live picture is written anew: ${formatCounted(keys, "key")}\n`);
    }
  } finally {
    db.close();
  }
  return 0;
}
