/**
 * The lock of a home: who has it writes, and nobody is taken for its server any more.
 *
 * @module
 */

import type { Home } from "../core/home.ts";
import { takeWriterLock, type WriterLock } from "../core/writer_lock.ts";
import { removeServerNote } from "./server_file.ts";

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
  removeServerNote(home);
  stack.move();
  return lock;
}
