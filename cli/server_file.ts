/**
 * `serve.json`: how other processes find the running server.
 *
 * @module
 */

import { type Home, writePrivateFile } from "../core/home.ts";
import { removeIfThere } from "../core/if_there.ts";
import { parseValue } from "../core/parse_value.ts";
import type { AnswerNote } from "./answer_note.ts";
import { getHere } from "./get_here.ts";

/** What a server, or a capture worker, tells of itself. */
export interface ServerNote {
  readonly pid: number;
  /** Empty for a server that shows nothing. */
  readonly url: string;
  readonly started_at: string;
  /** What it asks of whoever reads; none where it asks for none. */
  readonly token?: string;
  /** Whose questions about what is stored it answers as they would themselves. */
  readonly answers?: AnswerNote;
  /** Of one that was told to read nothing. */
  readonly captures?: false;
  /** Of a capture worker: by what its machine is told from others. */
  readonly machine?: string;
}

/** A server that answers. */
export interface FoundServer extends ServerNote {
  /** What stops its reading now, if anything does. */
  readonly trouble?: string;
}

/** What makes a server read nothing. */
export const NO_CAPTURE = "--no-capture";

const UNREADABLE = [
  Deno.errors.NotFound,
  Deno.errors.NotADirectory,
  Deno.errors.PermissionDenied,
];

/** What a client of a server sends to be answered. */
export function tokenHeader({ token }: Pick<ServerNote, "token">): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** The link that opens a server's page in a browser: no server sees what follows the #. */
export function linkTo({ url, token }: Pick<ServerNote, "url" | "token">): string {
  return token === undefined ? url : `${url}/#token=${token}`;
}

/** Writes the note; dispose removes it. */
export function writeServerNote(home: Home, note: ServerNote): Disposable {
  writePrivateFile(home.serve, `${JSON.stringify(note)}\n`);
  return { [Symbol.dispose]: () => removeOwnNote(home, note.pid) };
}

/** The note as it stands; its server may be gone. */
export function readServerNote(home: Home): ServerNote | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(home.serve);
  } catch (error) {
    // What cannot be read leads nowhere; whoever needs the folder says what is wrong with it.
    if (UNREADABLE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
  const note = parseValue(text) as ServerNote | null | undefined;
  return note && typeof note.pid === "number" && typeof note.url === "string" ? note : undefined;
}

/** The server if it answers under the note's address with the note's pid. */
export async function findServer(home: Home): Promise<FoundServer | undefined> {
  const note = readServerNote(home);
  // A server without a page is there as long as it holds the lock.
  if (note?.url === "") return await isHeld(home) ? note : undefined;
  const answer = note && await getHere(note.url, "/healthz");
  const { pid, trouble } = answer?.json as { pid?: unknown; trouble?: unknown } ?? {};
  if (!note || pid !== note.pid) return undefined;
  return typeof trouble === "string" ? { ...note, trouble } : note;
}

/** Removes the note, whoever's it is. */
export function removeServerNote(home: Home): void {
  removeIfThere(home.serve);
}

async function isHeld(home: Home): Promise<boolean> {
  const { isLocked } = await import("../core/writer_lock.ts");
  return isLocked(home.lock);
}

function removeOwnNote(home: Home, pid: number): void {
  if (readServerNote(home)?.pid === pid) removeServerNote(home);
}
