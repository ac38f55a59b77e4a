/**
 * A server that is there and does not answer, as one that a shell has suspended.
 *
 * @module
 */

import type { Home } from "../core/home.ts";
import { isLocked } from "../core/writer_lock.ts";
import { isAlive } from "./background/process_signal.ts";
import { findServer, readServerNote } from "./server_file.ts";

/**
 * What is to be said of it; undefined where there is none. Nothing is done to it: its number may
 * be another process's by now.
 */
export async function silentText(home: Home): Promise<string | undefined> {
  const note = readServerNote(home);
  if (!note || !isAlive(note.pid) || !isLocked(home.lock)) return undefined;
  if (await findServer(home)) return undefined;
  return `the server (pid ${note.pid}) does not answer; if it was suspended, fg in its shell or ` +
    `kill -CONT ${note.pid} lets it go on`;
}
