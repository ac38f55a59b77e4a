/**
 * Opens the one SQLite file: pragmas, migrations, transactions, and the door for readers that
 * cannot write and cannot see raw traces.
 *
 * @module
 */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { statfsSync } from "node:fs";
import { makeSchema, migrateBySteps, SCHEMA, SET_ASIDE } from "./migrations.ts";
import { oldCopies } from "./old_copies.ts";
import { errorNumber, isBusyError, isFullError, NO_DATABASE } from "./sqlite_error.ts";

/** An open database; hold it with `using`. */
export type Database = DatabaseSync;

/** A prepared statement. */
export type Statement = StatementSync;

/** Thrown when the file cannot serve: a newer version's, or no database at all. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/**
 * How often a reader is asked. What is kept for the next time costs more to make than one answer
 * does: who asks once has none of it.
 */
export type Asked = "once" | "often";

/** A limit of SQL with a parameter: with the bare one SQLite prepares anew each time it runs. */
export const LIMIT = "limit ? + 0";

// Both exist in the runtime; its type declarations lag behind.
type Authorizing = { setAuthorizer(callback: typeof authorizeReader): void };
type Arraying = { setReturnArrays(on: boolean): void };

const BUSY_TIMEOUT_MS = 5000;
// Numbers of sqlite3.h: the authorizer's actions and answers.
const ACTION_READ = 20;
const ACTION_ATTACH = 24;
const ALLOW = 0;
const DENY = 1;
/** Of each reader, what it has prepared, by its text, and how often it is asked. */
const READERS = new WeakMap<Database, { prepared: Map<string, Statement>; asked: Asked }>();
const PREPARED_MAX = 500;

/**
 * Opens the database for its one writer, making and migrating it as needed.
 *
 * @throws {DatabaseError} when a newer version wrote it, or it is no database
 */
export function openWriter(path: string): Database {
  setAside(path);
  const db = open(path, false);
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
  } catch (error) {
    db.close();
    throw asDatabaseError(error);
  }
  return db;
}

/**
 * Opens the database for a face: it cannot write, cannot attach and cannot read raw traces.
 *
 * @returns undefined when there is no database yet
 */
export function openReader(path: string, asked: Asked = "often"): Database | undefined {
  if (!isFile(path)) return undefined;
  const db = open(path, true);
  try {
    const version = schemaOf(db);
    if (version > SCHEMA) throw newerVersion(version);
    if (version < SCHEMA) {
      db.close();
      return undefined;
    }
    (db as unknown as Authorizing).setAuthorizer(authorizeReader);
    READERS.set(db, { prepared: new Map(), asked });
  } catch (error) {
    if (db.isOpen) db.close();
    throw asDatabaseError(error);
  }
  return db;
}

/**
 * Opens the database for the one who must see all of it, raw traces too, and changes nothing: the
 * audit of privacy.
 *
 * @returns undefined when there is no database yet
 */
export function openForAudit(path: string): Database | undefined {
  if (!isFile(path)) return undefined;
  const db = open(path, true);
  try {
    schemaOf(db);
  } catch (error) {
    db.close();
    throw asDatabaseError(error);
  }
  return db;
}

/** The number of a database's schema; 0 for one that is empty. */
export function schemaOf(db: Database): number {
  const row = db.prepare("pragma user_version").get() as { user_version: number };
  return row.user_version;
}

/** Bytes of a database and of what waits in its log; 0 before there is one. */
export function databaseBytes(path: string): number {
  return [path, `${path}-wal`].reduce((sum, file) => {
    try {
      return sum + Deno.statSync(file).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return sum;
      throw error;
    }
  }, 0);
}

/** Opens a file as a plain database: for what is no telemetry database. */
export function openPlain(path: string): Database {
  return new DatabaseSync(path, { timeout: 0 });
}

/**
 * Opens a database for what lies in temporary tables alone: beyond a few megabytes they are on
 * disk, in a file without a name that goes with the connection.
 */
export function openScratch(): Database {
  // A process that gave up rights may not open a file without a name itself.
  const db = new DatabaseSync(":memory:");
  db.exec("pragma temp_store = file; pragma temp.journal_mode = off");
  db.exec("pragma cache_size = -8000; pragma temp.cache_size = -8000");
  return db;
}

/**
 * Opens a database of another program, which is only read.
 *
 * @param location a path, or a URI with SQLite's options
 */
export function openGuest(location: string, timeoutMs: number): Database {
  const db = new DatabaseSync(location, { readOnly: true });
  // The runtime takes no timeout for a connection that only reads.
  db.prepare(`pragma busy_timeout = ${Math.trunc(timeoutMs)}`).all();
  return db;
}

/**
 * Runs `change` in one transaction: all of it happens, or nothing. Within a transaction it is a
 * part of that one, which must be taken back as a whole where the part fails: what could fail
 * alone would copy every page that it changes.
 */
export function inTransaction<T>(db: Database, change: () => T): T {
  if (db.isTransaction) return change();
  db.exec("begin immediate");
  try {
    const result = change();
    db.exec("commit");
    return result;
  } catch (error) {
    // A full disk may have ended the transaction by itself.
    if (db.isTransaction) db.exec("rollback");
    throw error;
  }
}

/**
 * Prepares a statement whose rows come as arrays: half the cost of objects. A reader has each but
 * once: to prepare what a report asks takes longer than to answer most of it.
 */
export function prepareArrays(db: Database, sql: string): Statement {
  const prepared = READERS.get(db)?.prepared, known = prepared?.get(sql);
  if (known) return known;
  const statement = db.prepare(sql);
  (statement as unknown as Arraying).setReturnArrays(true);
  if (prepared && prepared.size >= PREPARED_MAX) prepared.clear();
  prepared?.set(sql, statement);
  return statement;
}

/** Whether a connection was opened by {@linkcode openReader}: what it reads, others write. */
export function isReader(db: Database): boolean {
  return READERS.has(db);
}

/** Whether what a connection reads is kept for the next time: of a reader that is asked often. */
export function isKeeper(db: Database): boolean {
  return READERS.get(db)?.asked === "often";
}

/**
 * A number that is another one when anything was written since; undefined of a connection that
 * writes itself, as it does not see what it changes.
 */
export function changeSeen(db: Database): number | undefined {
  if (!isReader(db)) return undefined;
  const [version] = prepareArrays(db, "pragma data_version").get() as unknown as [number];
  return version;
}

/**
 * Moves what waits in the log into the database and gives the log's room back: a log that has
 * taken the last room would keep the disk full for good, as it is emptied after a commit alone.
 */
export function emptyLog(db: Database): void {
  try {
    db.exec("pragma wal_checkpoint(truncate)");
  } catch (error) {
    // There may be no room for that either; it is tried again.
    if (!isFullError(error) && !isBusyError(error)) throw error;
  }
}

function open(path: string, readOnly: boolean): Database {
  try {
    return new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    // The runtime's own message holds the path.
    throw new DatabaseError("Cannot open the database: its file or folder may not be used", {
      cause: error,
    });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Puts a database of the first schema beside the new one: its events tell too little, and what
 * is still on disk is read again. Nothing of it is lost.
 */
function setAside(path: string): void {
  if (!isFile(path)) return;
  const db = open(path, false);
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

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function newerVersion(version: number): DatabaseError {
  return new DatabaseError(
    `Cannot open the database: it has schema ${version}, this program knows ` +
      `${SCHEMA}; install the newer blueplane that wrote it`,
  );
}

function asDatabaseError(error: unknown): unknown {
  const number = errorNumber(error);
  if (isFullError(error)) {
    return new DatabaseError("Cannot open the database: the disk is full; free some space", {
      cause: error,
    });
  }
  const text = error instanceof Error ? error.message : "";
  if (number === NO_DATABASE || text.includes("file is not a database")) {
    return new DatabaseError("Cannot open the database: the file is no SQLite database", {
      cause: error,
    });
  }
  return error;
}

function authorizeReader(action: number, name: string | null, column: string | null): number {
  if (action === ACTION_ATTACH) return DENY;
  if (action === ACTION_READ && name !== null) {
    const raw = name === "trace_blocks" || name.endsWith("_raw_traces") ||
      name === "stream_entries" && column === "body";
    return raw ? DENY : ALLOW;
  }
  return ALLOW;
}
