/**
 * Says which process may write: at most one holds the lock, and the system frees it when that
 * process ends, however it ends. There is no heartbeat and nothing to clean up after a crash.
 *
 * @module
 */

import { type Database, openPlain } from "./database.ts";
import { inHome } from "./home_closed.ts";
import { ifThere } from "./if_there.ts";
import { isBusyError } from "./sqlite_error.ts";

/** The right to write to the database of a home; released when disposed. */
export interface WriterLock extends Disposable {
  readonly path: string;
}

/**
 * Takes the lock, which is an exclusive transaction on a small file of its own.
 *
 * @returns undefined when another process holds it
 * @throws {HomeClosedError} when it may not be written
 */
export function takeWriterLock(path: string): WriterLock | undefined {
  return inHome("write to", () => lock(path));
}

function lock(path: string): WriterLock | undefined {
  const db = openPlain(path);
  try {
    // On a file that may only be read the transaction would be one that keeps nobody out: it is
    // asked to change something, which stays in memory.
    db.exec("pragma journal_mode = memory; begin exclusive; pragma user_version = 0");
  } catch (error) {
    db.close();
    if (isBusyError(error)) return undefined;
    throw error;
  }
  return { path, [Symbol.dispose]: () => release(db) };
}

/**
 * Whether another process holds a lock, or this one does. Whoever asks holds nothing that others
 * who ask could take for it.
 */
export function isLocked(path: string): boolean {
  // Nobody took it yet, and none is made where maybe none can be.
  if (ifThere(() => Deno.statSync(path)) === undefined) return false;
  const db = openPlain(path);
  try {
    db.exec("begin; select 1 from sqlite_schema");
    return false;
  } catch (error) {
    if (isBusyError(error)) return true;
    throw error;
  } finally {
    db.close();
  }
}

function release(db: Database): void {
  if (db.isOpen) db.close();
}
