/**
 * `serve.json`: how other processes find the running server.
 *
 * @module
 */

import { type Home, writePrivateFile } from "../core/home.ts";
import { isLocked, takeWriterLock, type WriterLock } from "../core/writer_lock.ts";

/** What a server, or a capture worker, tells of itself. */
export interface ServerNote {
  readonly pid: number;
  /** Empty for a server that shows nothing. */
  readonly url: string;
  readonly started_at: string;
  /** What it asks of whoever reads; none where it asks for none. */
  readonly token?: string;
  /** Of a capture worker: by what its machine is told from others. */
  readonly machine?: string;
}

/** A server that answers. */
export interface FoundServer extends ServerNote {
  /** What stops its reading now, if anything does. */
  readonly trouble?: string;
}

const ANSWER_WITHIN_MS = 1000;

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
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const note = parseNote(text);
  return note && typeof note.pid === "number" && typeof note.url === "string" ? note : undefined;
}

/** The server if it answers under the note's address with the note's pid. */
export async function findServer(home: Home): Promise<FoundServer | undefined> {
  const note = readServerNote(home);
  // A server without a page is there as long as it holds the lock.
  if (note?.url === "") return isLocked(home.lock) ? note : undefined;
  if (!note || !/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/.test(note.url)) return undefined;
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(`${note.url}/healthz`, { signal });
    const { pid, trouble } = await response.json() as { pid?: unknown; trouble?: unknown };
    if (pid !== note.pid) return undefined;
    return typeof trouble === "string" ? { ...note, trouble } : note;
  } catch (error) {
    // Nobody listens there any more, or someone else does.
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/**
 * Takes the lock of a home. The note that is still there then is that of a server that died, and
 * goes: whoever has the lock next must not be taken for it.
 *
 * @returns undefined when another process holds it
 */
export function takeHomeLock(home: Home): WriterLock | undefined {
  using stack = new DisposableStack();
  const lock = takeWriterLock(home.lock);
  if (!lock) return undefined;
  stack.use(lock);
  removeNote(home);
  stack.move();
  return lock;
}

function parseNote(text: string): ServerNote | undefined {
  try {
    return JSON.parse(text) as ServerNote;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function removeOwnNote(home: Home, pid: number): void {
  if (readServerNote(home)?.pid === pid) removeNote(home);
}

function removeNote(home: Home): void {
  try {
    Deno.removeSync(home.serve);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
