/**
 * Looks at the database again and again while a command waits for work, whichever process does
 * it, and draws how far that is.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { ProgressBar } from "./progress.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 250;

/** Draws what a look tells; a database may not be there yet. */
export type Draw = (bar: ProgressBar, db: Database) => void;

/** Waits for work; `draw` is called while it lasts, unless nothing is to be shown. */
export async function withShownProgress<T>(
  workspace: Workspace,
  work: Promise<T>,
  draw: Draw,
): Promise<T> {
  const done = new AbortController();
  const showing = workspace.globals.quiet ? undefined : show(workspace, draw, done.signal);
  try {
    return await work;
  } finally {
    done.abort();
    await showing;
  }
}

async function show(workspace: Workspace, draw: Draw, signal: AbortSignal): Promise<void> {
  const { io } = workspace;
  using bar = new ProgressBar(io);
  let db: Database | undefined;
  try {
    for (;;) {
      await io.clock.sleep(LOOK_EVERY_MS, signal);
      if (signal.aborted) return;
      db ??= openHomeReader(workspace);
      if (db) draw(bar, db);
    }
  } finally {
    db?.close();
  }
}
