/**
 * Opens the one SQLite file for readers that cannot write and cannot see raw traces, and what all
 * who have it open need: transactions and prepared statements.
 *
 * @module
 */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { asHomeClosed } from "./home_closed.ts";
import { ifThere } from "./if_there.ts";
import {
  errorNumber,
  isBusyError,
  isClosedError,
  isFullError,
  NO_DATABASE,
} from "./sqlite_error.ts";

/** An open database; hold it with `using`. */
export type Database = DatabaseSync;

/** A prepared statement. */
export type Statement = StatementSync;

/** Thrown when the file cannot serve: a newer version's, or no database at all. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/** Thrown where there is no room to write; who can do with what is stored goes on. */
export class DiskFullError extends DatabaseError {
  override name = "DiskFullError";
}

/**
 * How often a reader is asked. What is kept for the next time costs more to make than one answer
 * does: who asks once has none of it.
 */
export type Asked = "once" | "often";

/** The number of the schema that this program knows. */
export const SCHEMA = 26;

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
/** Those that read a file as it lies. */
const FROZEN = new WeakSet<Database>();

/**
 * Opens the database for a face: it cannot write, cannot attach and cannot read raw traces.
 *
 * @returns undefined when there is no database yet
 */
export function openReader(path: string, asked: Asked = "often"): Database | undefined {
  if (!isFile(path)) return undefined;
  const db = openToRead(path);
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
  const db = openToRead(path);
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
  return bytesOf(path) + logBytes(path);
}

function logBytes(path: string): number {
  return bytesOf(`${path}-wal`);
}

function bytesOf(path: string): number {
  return ifThere(() => Deno.statSync(path).size) ?? 0;
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
 * Runs `read` over one state of the database, whoever writes meanwhile; what it waits for comes
 * after that. Statements of one transaction are quicker, too: none takes the lock anew.
 */
export function ofOneState<T>(db: Database, read: () => T): T {
  if (db.isTransaction) return read();
  db.exec("begin");
  try {
    return read();
  } finally {
    // A fault of the disk may have ended it by itself.
    if (db.isTransaction) db.exec("commit");
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

/** Whether a connection sees nothing of what is written since it was opened. */
export function isFrozen(db: Database): boolean {
  return FROZEN.has(db);
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

/**
 * Opens a file.
 *
 * @throws {DatabaseError} when it may not be used
 */
export function openFile(path: string, readOnly: boolean): Database {
  try {
    return new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    // The runtime's own message holds the path.
    throw new DatabaseError(
      "Cannot open the database: its file or folder may not be used; blueplane doctor says why",
      { cause: error },
    );
  }
}

/**
 * Opens it to read. What readers and writers share is made beside it at the first look: where that
 * cannot be, for want of rights or of room, nobody writes either, and a file without a log is read
 * as it lies.
 */
function openToRead(path: string): Database {
  const db = openFile(path, true);
  try {
    schemaOf(db);
    return db;
  } catch (error) {
    if (!isClosedError(error) && !isFullError(error) || logBytes(path) > 0) return db;
    db.close();
    const frozen = openFile(`${pathToFileURL(path).href}?immutable=1`, true);
    FROZEN.add(frozen);
    return frozen;
  }
}

/** Whether there is such a file. */
export function isFile(path: string): boolean {
  return ifThere(() => Deno.statSync(path).isFile) ?? false;
}

/** What is thrown for the file of a newer version. */
export function newerVersion(version: number): DatabaseError {
  return new DatabaseError(
    `Cannot open the database: it has schema ${version}, this program knows ` +
      `${SCHEMA}; install the newer blueplane that wrote it`,
  );
}

/** What an error of SQLite says of the file; others are as they were. */
export function asDatabaseError(error: unknown): unknown {
  const number = errorNumber(error);
  if (isFullError(error)) {
    return new DiskFullError("Cannot open the database: the disk is full; free some space", {
      cause: error,
    });
  }
  const text = error instanceof Error ? error.message : "";
  if (number === NO_DATABASE || text.includes("file is not a database")) {
    return new DatabaseError("Cannot open the database: the file is no SQLite database", {
      cause: error,
    });
  }
  return asHomeClosed(error, "write to");
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
