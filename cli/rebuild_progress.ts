/**
 * Shows how far a rebuild is while something waits for it, whichever process does it.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { readCoverage } from "../core/reports/coverage.ts";
import { ProgressBar } from "./progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 250;

/**
 * Waits for work; where that takes longer and a rebuild goes on meanwhile, it says so once and
 * draws a bar.
 *
 * @param note what the rebuild means for the user
 */
export async function withRebuildProgress<T>(
  workspace: Workspace,
  work: Promise<T>,
  note = "until the rebuild is done, reports show numbers that still grow",
): Promise<T> {
  const done = new AbortController();
  const showing = workspace.globals.quiet ? undefined : show(workspace, note, done.signal);
  try {
    return await work;
  } finally {
    done.abort();
    await showing;
  }
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

async function show(workspace: Workspace, note: string, signal: AbortSignal): Promise<void> {
  const { io } = workspace;
  using bar = new ProgressBar(io.stderr, io.clock);
  let db: Database | undefined;
  let isTold = false;
  try {
    for (;;) {
      await io.clock.sleep(LOOK_EVERY_MS, signal);
      if (signal.aborted) return;
      db ??= openHomeReader(workspace);
      const coverage = db && readCoverage(db);
      if (coverage && coverage.rebuild_blocks_total > 0) {
        if (!isTold) io.stderr.write(`note: ${note}\n`);
        isTold = true;
        bar.updateBlocks(coverage.rebuild_blocks_done, coverage.rebuild_blocks_total);
      }
    }
  } finally {
    db?.close();
  }
}
