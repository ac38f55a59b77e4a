/**
 * Opens the one SQLite file for its one writer, which makes it and brings it to the newest schema.
 * Who only reads does not load what that takes.
 *
 * @module
 */

import { statfsSync } from "node:fs";
import {
  asDatabaseError,
  type Database,
  databaseBytes,
  DatabaseError,
  inTransaction,
  isFile,
  newerVersion,
  openFile,
  SCHEMA,
  schemaOf,
} from "./database.ts";
import { removeIfThere } from "./if_there.ts";
import { makeSchema, migrateBySteps, SET_ASIDE } from "./migrations.ts";
import { oldCopies } from "./old_copies.ts";
import { isFullError } from "./sqlite_error.ts";

/**
 * Opens the database for its one writer, making and migrating it as needed.
 *
 * @throws {DatabaseError} when a newer version wrote it, or it is no database
 * @throws {HomeClosedError} when it may not be written
 */
export function openWriter(path: string): Database {
  setAside(path);
  const db = openFile(path, false);
  try {
    // Before anything is changed: a newer version's file stays as it is.
    const version = schemaOf(db);
    if (version > SCHEMA) throw newerVersion(version);
    // What is archived gives its room back, a few pages at a time; it is settled in a new file.
    if (version === 0) db.exec("pragma auto_vacuum = incremental");
    db.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
    db.exec("pragma cache_size = -32000; pragma temp_store = memory");
    db.exec("pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 16777216");
    // What is deleted is gone from the file: its bytes could be anybody's.
    db.exec("pragma secure_delete = on");
    migrate(db, path);
    // One that may only be read is told from others by a change alone.
    db.exec(`begin immediate; pragma user_version = ${SCHEMA}; rollback`);
  } catch (error) {
    db.close();
    throw asDatabaseError(error);
  }
  return db;
}

/**
 * Puts a database of the first schema beside the new one: its events tell too little, and what
 * is still on disk is read again. Nothing of it is lost.
 */
function setAside(path: string): void {
  if (!isFile(path)) return;
  const db = openFile(path, false);
  let version: number;
  try {
    version = schemaOf(db);
    // Closing the last connection moves what waits in the log into the file.
  } catch (error) {
    throw asDatabaseError(error);
  } finally {
    db.close();
  }
  if (version < 1 || version > SET_ASIDE) return;
  Deno.renameSync(path, `${path}.schema-${version}`);
  for (const part of ["-wal", "-shm"].filter((part) => isFile(path + part))) {
    Deno.removeSync(path + part);
  }
}

/** Brings it to the newest schema, or leaves it as it is. */
function migrate(db: Database, path: string): void {
  const version = schemaOf(db);
  if (version === SCHEMA) return;
  try {
    if (version > 0) keepCopy(db, path, version);
    inTransaction(db, () => {
      // Another process may have done it meanwhile.
      const now = schemaOf(db);
      if (now > SCHEMA) throw newerVersion(now);
      if (now === SCHEMA) return;
      if (now === 0) makeSchema(db);
      else migrateBySteps(db, now);
      db.exec(`pragma user_version = ${SCHEMA}`);
    });
  } catch (error) {
    if (error instanceof DatabaseError || version === 0) throw error;
    const reason = isFullError(error) ? "the disk is full; free some space" : "a step failed";
    throw new DatabaseError(
      `Cannot upgrade the database from schema ${version} to ${SCHEMA}, and left it as it was: ` +
        reason,
      { cause: error },
    );
  }
}

/** A copy of the database as it is; that of the version before it is needed no more. */
function keepCopy(db: Database, path: string, version: number): void {
  const bytes = databaseBytes(path), copy = `${path}.schema-${version}`, part = `${copy}.tmp`;
  const { bavail, bsize } = statfsSync(path.slice(0, path.lastIndexOf("/") + 1) || ".");
  // The copy, and what the steps write before it is theirs.
  if (bavail * bsize < 2 * bytes) {
    throw new DatabaseError(
      `Cannot upgrade the database from schema ${version} to ${SCHEMA}: the disk has no room ` +
        `for a copy; free ${Math.ceil(2 * bytes / 1_000_000)} MB`,
    );
  }
  const old = oldCopies(path).filter(({ kind, name }) =>
    kind === "schema" && !name.endsWith(`.schema-${SET_ASIDE}`)
  );
  removeIfThere(part);
  db.prepare("vacuum into ?").run(part);
  Deno.chmodSync(part, 0o600);
  using file = Deno.openSync(part);
  file.syncSync();
  Deno.renameSync(part, copy);
  for (const { path } of old) if (path !== copy) removeIfThere(path);
}
