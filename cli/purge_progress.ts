/**
 * Shows how far a purge is while a command waits for it, whichever process does it.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { readPurgeProgress } from "../core/purge.ts";
import { ProgressBar } from "./progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 250;

/** Waits for work, and draws a bar while it takes events out of where they are stored. */
export async function withPurgeProgress<T>(workspace: Workspace, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const showing = workspace.globals.quiet ? undefined : show(workspace, done.signal);
  try {
    return await work;
  } finally {
    done.abort();
    await showing;
  }
}

async function show(workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { io } = workspace;
  using bar = new ProgressBar(io.stderr, io.clock);
  let db: Database | undefined;
  try {
    for (;;) {
      await io.clock.sleep(LOOK_EVERY_MS, signal);
      if (signal.aborted) return;
      db ??= openHomeReader(workspace);
      const progress = db && readPurgeProgress(db);
      if (progress) bar.updateParts("purging", progress.done, progress.total, "events");
    }
  } finally {
    db?.close();
  }
}
