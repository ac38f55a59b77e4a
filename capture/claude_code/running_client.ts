/**
 * The session in which a running client is: it keeps a note below `sessions/` in its folder, named
 * after the id of its process, changes it with the session, and takes it away at its end. The note
 * has a key beside it, which is never looked at.
 *
 * @module
 */

import { isOpaqueId } from "../../core/privacy.ts";
import { objectOf, textOf } from "../json_access.ts";
import type { Root } from "../platform.ts";

const FILE_BYTES_MAX = 64 * 1024;

/** The id of the session in which the client with this process id says it is, if it says so. */
export function sessionOfClient(roots: readonly Root[], pid: number): string | undefined {
  for (const { path } of roots) {
    const folder = path.replace(/[/\\]projects[/\\]?$/, "");
    const note = readNote(`${folder}/sessions/${pid}.json`);
    const sessionId = note.pid === pid ? textOf(note.sessionId) : undefined;
    if (sessionId !== undefined && isOpaqueId(sessionId)) return sessionId;
  }
  return undefined;
}

function readNote(path: string): Record<string, unknown> {
  try {
    if (Deno.statSync(path).size > FILE_BYTES_MAX) return {};
    return objectOf(JSON.parse(Deno.readTextFileSync(path)));
  } catch (error) {
    // Older clients leave none, and one may be half written.
    if (!(error instanceof Error)) throw error;
    return {};
  }
}
