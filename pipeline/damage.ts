/**
 * Recognises a damaged database, at next to no cost where it is none.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import {
  asDatabaseError,
  type Database,
  databaseBytes,
  DatabaseError,
  isFile,
  openGuest,
} from "../core/database.ts";
import { ifThere, removeIfThere } from "../core/if_there.ts";
import { madeWith } from "../core/made_with.ts";
import { isDamagedError } from "../core/sqlite_error.ts";

/** After a crash, of a small database every page is looked at. */
const CHECK_BYTES_MAX = 16 * 1024 * 1024;
const BUSY_MS = 1000;

/** Says that a database was found damaged amid work: the next start looks at all of it. */
export function noteSuspect(path: string): void {
  Deno.writeFileSync(suspectOf(path), new Uint8Array(), { mode: 0o600 });
}

/**
 * Whether a database is damaged. That is cheap: all pages are looked at only where somebody
 * suspects it, or, of a small one, where the last process to write did not close it.
 *
 * @param openReader opens what the caller reads with later, which sees as much at a glance
 */
export function isDamaged(
  path: string,
  openReader: () => Database | undefined = () => undefined,
): boolean {
  const bytes = databaseBytes(path);
  if (bytes === 0) return false;
  const isSuspected = isFile(suspectOf(path));
  const wasKilled = sizeOf(`${path}-wal`) > 0 && bytes <= CHECK_BYTES_MAX;
  const isGlance = !isSuspected && !wasKilled;
  try {
    const reader = isGlance ? openReader() : undefined;
    if (reader) {
      readSchema(reader);
      return false;
    }
    const db = openGuest(path, BUSY_MS);
    try {
      readSchema(db);
      return !isGlance && db.prepare("pragma quick_check(1)").get()?.quick_check !== "ok";
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamagedError(error instanceof DatabaseError ? error.cause : error)) return true;
    throw asDatabaseError(error);
  }
}

/** @throws {Error} when it makes no sense */
function readSchema(db: Database): void {
  db.prepare("select count(*) from sqlite_schema").get();
}

/**
 * Ends what a process that was killed had all but done, throws away what it had not, and forgets
 * what was suspected. The caller holds the lock.
 */
export function endMending(path: string): void {
  const made = `${path}.mending`;
  if (isFile(path) || !isWhole(made)) {
    for (const end of ["", "-wal", "-shm"]) removeIfThere(made + end);
  } else Deno.renameSync(made, path);
  removeIfThere(suspectOf(path));
}

/** The last that is written says that it is all there. */
function isWhole(path: string): boolean {
  if (!isFile(path) || isFile(`${path}-wal`)) return false;
  // As it lies: who only reads leaves a log behind, which would be taken for what was not done.
  const db = openGuest(`${pathToFileURL(path).href}?immutable=1`, BUSY_MS);
  try {
    return madeWith(db, "mended") !== undefined;
  } catch (error) {
    // It may have no table yet.
    if (error instanceof Error) return false;
    throw error;
  } finally {
    db.close();
  }
}

function suspectOf(path: string): string {
  return `${path}.suspect`;
}

/** Bytes of a file; -1 where there is none. */
function sizeOf(path: string): number {
  return ifThere(() => Deno.statSync(path).size) ?? -1;
}
