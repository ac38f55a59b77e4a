/**
 * What a server writes down of itself: where it is, and whom it can answer.
 *
 * @module
 */

import { readKey } from "../core/home.ts";
import { answerNote } from "./answer_note.ts";
import type { ServerNote } from "./server_file.ts";
import { folderVariables, missingRoots, type Workspace } from "./workspace.ts";

/**
 * The note of this process.
 *
 * @param url undefined of a server that shows nothing
 */
export function ownServerNote(
  { io, home, environment }: Workspace,
  url: string | undefined,
  token: string | undefined,
  captures: boolean,
): ServerNote {
  // Whoever asks would read first. One who names a folder that is not there is warned of it by
  // what looks for it.
  const isAnswering = captures && url !== undefined && missingRoots(environment).length === 0;
  const key = isAnswering ? readKey(home, false) : undefined;
  return {
    pid: Deno.pid,
    url: url ?? "",
    started_at: new Date(io.clock.now()).toISOString(),
    ...(url !== undefined && token !== undefined ? { token } : {}),
    ...(captures ? {} : { captures }),
    ...(key ? { answers: answerNote(io, key, folderVariables(environment)) } : {}),
  };
}
