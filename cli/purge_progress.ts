/**
 * Shows how far a purge is while a command waits for it, whichever process does it.
 *
 * @module
 */

import { readPurgeProgress } from "../core/purge.ts";
import { withShownProgress } from "./shown_progress.ts";
import type { Workspace } from "./workspace.ts";

/** Waits for work, and draws a bar while it takes events out of where they are stored. */
export function withPurgeProgress<T>(workspace: Workspace, work: Promise<T>): Promise<T> {
  return withShownProgress(workspace, work, (bar, db) => {
    const progress = readPurgeProgress(db);
    if (progress) bar.updateParts("purging", progress.done, progress.total, "events");
  });
}
