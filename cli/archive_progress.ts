/**
 * Shows how much was archived while a command waits for it.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { withShownProgress } from "./shown_progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** Waits for the archiving that `work` begins, whichever process does it. */
export async function withArchiveProgress<T>(
  workspace: Workspace,
  work: () => Promise<T>,
): Promise<T> {
  const before = archivedBefore(workspace);
  return await withShownProgress(
    workspace,
    work(),
    (bar, db) => bar.updateCount("archiving", archivedEvents(db) - before, "event"),
  );
}

function archivedEvents(db: Database): number {
  const row = db.prepare("select ifnull(sum(events), 0) as n from archive_parts").get();
  return Number(row?.n ?? 0);
}

function archivedBefore(workspace: Workspace): number {
  const db = openHomeReader(workspace);
  try {
    return db ? archivedEvents(db) : 0;
  } finally {
    db?.close();
  }
}
