/**
 * Shows how far a rebuild is while something waits for it, whichever process does it.
 *
 * @module
 */

import { readCoverage } from "../core/reports/coverage.ts";
import { withShownProgress } from "./shown_progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/**
 * Waits for work; where that takes longer and a rebuild goes on meanwhile, it says so once and
 * draws a bar.
 *
 * @param note what the rebuild means for the user
 */
export function withRebuildProgress<T>(
  workspace: Workspace,
  work: Promise<T>,
  note = "until the rebuild is done, reports show numbers that still grow",
): Promise<T> {
  let isTold = false;
  return withShownProgress(workspace, work, (bar, db) => {
    const { rebuild_blocks_done: done, rebuild_blocks_total: total } = readCoverage(db);
    if (total === 0) return;
    if (!isTold) workspace.io.stderr.write(`note: ${note}\n`);
    isTold = true;
    bar.updateBlocks(done, total);
  });
}

/** Whether one goes on, or was broken off. */
export function isRebuilding(workspace: Workspace): boolean {
  const db = openHomeReader(workspace);
  try {
    return db !== undefined && readCoverage(db).rebuild_blocks_total > 0;
  } finally {
    db?.close();
  }
}
