/**
 * Has a damaged database made anew before anything writes to it, and tells what that means.
 *
 * @module
 */

import { isFile } from "../core/database.ts";
import { formatCounted } from "../core/format.ts";
import type { Home } from "../core/home.ts";
import { entriesIn, ifThere, removeIfThere } from "../core/if_there.ts";
import { endMending, isDamaged, noteSuspect } from "../pipeline/damage.ts";
import type { Globals } from "./cli.ts";
import type { HomeReader } from "./home_reader.ts";
import type { Io } from "./io.ts";
import { findHome, type Workspace } from "./workspace.ts";

/**
 * Makes it anew where it is damaged, or gone with an archive left, or with word of what was
 * purged; the caller holds the lock.
 *
 * @param reader with which the caller goes on
 */
export async function mendHome(
  { home, io, tables }: Workspace,
  reader?: HomeReader,
): Promise<void> {
  const { database } = home;
  // One without a byte tells no more than none; whoever is making one has the lock.
  const isGone = !ifThere(() => Deno.statSync(database).size);
  if (isGone) {
    removeIfThere(database);
    endMending(database);
  }
  if (isGone ? isFile(database) || !isOutlived(home) : !isDamaged(database, () => reader?.db)) {
    // Whoever suspected it was wrong.
    endMending(database);
    return;
  }
  reader?.close();
  const { mendDatabase } = await import("../pipeline/mend.ts");
  const mended = mendDatabase(database, tables, io.clock.now());
  const { aside, events, archive: adopted, sessionsKnown, sessionsLeft } = mended;
  const what = isGone
    ? "The database is gone, and is made anew"
    : `The database was damaged: it is ${aside} now, and a new one is made of what is left`;
  const known = sessionsKnown === undefined ? "" : ` of ${sessionsKnown}`;
  io.stderr.write(
    `warning: ${what}: ${isGone ? "" : `${formatCounted(events, "event")} from it and `}` +
      `${formatCounted(adopted.events, "event")} from the archive, of ${sessionsLeft}${known} ` +
      "sessions; what assistants still have is read again, what is in none of these is lost\n",
  );
  for (const place of adopted.broken) {
    io.stderr.write(`warning: Cannot read archive/${place}: its events are left out\n`);
  }
  if (!mended.isPurgedKnown) {
    io.stderr.write("warning: Cannot read purged.json: what was purged may be read again\n");
  }
}

/** Has the next start look closely, as something read what makes no sense. */
export function noteDamage(io: Io, globals: Globals): void {
  const { database } = findHome(io, globals);
  if (isFile(database)) noteSuspect(database);
}

/** Whether something that belongs to the database is there without it. */
function isOutlived({ archive, purged }: Home): boolean {
  return isFile(purged) || entriesIn(archive).some(({ name }) => name.startsWith("platform="));
}
