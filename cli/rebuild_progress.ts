/**
 * Shows how far a rebuild is while something waits for it, whichever process does it.
 *
 * @module
 */

import { readCoverage } from "../core/reports/coverage.ts";
import { readStoredDepth } from "../core/reports/status_report.ts";
import { withShownProgress } from "./shown_progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** So much is derived before anybody would ask how long it takes. */
const UNDERIVED_MIN = 500;

/**
 * Waits for work; where that takes longer and a rebuild goes on meanwhile, it says so once and
 * draws a bar, and so it does where much is derived anew, as by the rules of a newer program.
 *
 * @param note what the rebuild means for the user
 */
export function withRebuildProgress<T>(
  workspace: Workspace,
  work: Promise<T>,
  note = "until the rebuild is done, reports show numbers that still grow",
): Promise<T> {
  let isTold = false, most = 0;
  return withShownProgress(workspace, work, (bar, db) => {
    const { rebuild_blocks_done: done, rebuild_blocks_total: total } = readCoverage(db);
    if (total === 0) {
      const { underived } = readStoredDepth(db);
      most = Math.max(most, underived);
      if (most >= UNDERIVED_MIN) bar.updateParts("deriving", most - underived, most, "parts");
      return;
    }
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
