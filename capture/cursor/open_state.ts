/**
 * Opens one of Cursor's databases for reading, whatever its writer is doing, and never writes
 * beside it.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { type Database, openGuest } from "../../core/database.ts";
import { isFile, isHidden, readStamp, type StateStamp } from "./state_stamp.ts";
import { copyDatabase } from "./private_copy.ts";
import { asStateError, problemOf, stateError, type StateProblem } from "./state_problem.ts";

/**
 * How a database is read: `plain` under SQLite's locks; `live` beside its writer or what a killed
 * one left, with its shared memory (`-shm`) but without writing there; `still` as a file that
 * nobody writes; `copy` with a left-over log, in a copy; `main_only` without that log, where it
 * is too large to copy.
 */
export type Way = "plain" | "live" | "still" | "copy" | "main_only";

/** What opening works with. */
export interface OpenStateOptions {
  /** The folder for a copy. */
  readonly temporary: string;
  readonly copyBytesMax?: number;
}

/** An open database. */
export interface OpenState extends Disposable {
  readonly db: Database;
  readonly way: Way;
  /** Whether what was read since opening is of one piece: nobody wrote without our locks. */
  isSound(): boolean;
}

const COPY_BYTES_MAX = 1024 ** 3;
const BUSY_TIMEOUT_MS = 250;
const CACHE_KIB = 8192;
/** Where the header tells whether there is a log. */
const READ_VERSION_AT = 19;
const WITH_LOG = 2;

/**
 * Opens a database.
 *
 * @throws {StateError} when it cannot be read now
 */
export async function openState(path: string, options: OpenStateOptions): Promise<OpenState> {
  try {
    const way = chooseWay(path, options.copyBytesMax);
    if (way === "copy") return await openCopy(path, options.temporary);
    return openInPlace(path, way) ?? await openCopy(path, options.temporary);
  } catch (error) {
    throw asStateError(error);
  }
}

/**
 * How a database is to be read as it lies there now.
 *
 * @throws {StateError} when it is gone or may not be read
 */
export function chooseWay(path: string, copyBytesMax = COPY_BYTES_MAX): Way {
  const stamp = readStamp(path);
  if (!stamp) throw stateError(isHidden(path) ? "denied" : "gone");
  if (!hasLogFormat(path)) return "plain";
  if (isFile(`${path}-wal`) && isFile(`${path}-shm`) && !isForeign(path)) return "live";
  if (stamp.logBytes === 0) return "still";
  return stamp.bytes + stamp.logBytes <= copyBytesMax ? "copy" : "main_only";
}

/**
 * Opens a database where it lies.
 *
 * @returns undefined when its shared memory may not be read, or cannot be shared here
 * @throws what SQLite throws
 */
export function openInPlace(path: string, way: Exclude<Way, "copy">): OpenState | undefined {
  const before = readStamp(path);
  let db: Database;
  try {
    db = openFile(pathToFileURL(path).href + QUERIES[way]);
  } catch (error) {
    if (way === "live" && SHARING_PROBLEMS.has(problemOf(error))) return undefined;
    throw error;
  }
  return {
    db,
    way,
    isSound: () => way === "plain" || way === "live" || isSameMain(before, readStamp(path)),
    [Symbol.dispose]: () => db.close(),
  };
}

const SHARING_PROBLEMS: ReadonlySet<StateProblem | undefined> = new Set([
  "unreadable",
  "unfinished",
]);
const QUERIES: Readonly<Record<Exclude<Way, "copy">, string>> = {
  plain: "?mode=ro",
  live: "?mode=ro&readonly_shm=1",
  still: "?immutable=1",
  main_only: "?immutable=1",
};

async function openCopy(path: string, temporary: string): Promise<OpenState> {
  const copy = await copyDatabase(path, temporary);
  if (!copy) throw stateError("locked");
  try {
    const db = openFile(copy.path);
    return {
      db,
      way: "copy",
      isSound: () => true,
      [Symbol.dispose]: () => {
        db.close();
        copy[Symbol.dispose]();
      },
    };
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
}

function openFile(location: string): Database {
  const db = openGuest(location, BUSY_TIMEOUT_MS);
  try {
    db.prepare(`pragma cache_size = -${CACHE_KIB}`).all();
    // What is sorted stays in memory: it is the user's.
    db.prepare("pragma temp_store = memory").all();
    db.prepare("select count(*) from sqlite_schema").get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function hasLogFormat(path: string): boolean {
  using file = Deno.openSync(path, { read: true });
  const bytes = new Uint8Array(READ_VERSION_AT + 1);
  return file.readSync(bytes) === bytes.length && bytes[READ_VERSION_AT] === WITH_LOG;
}

/** On a drive of Windows, as WSL has it, a writer's shared memory and locks cannot be seen. */
function isForeign(path: string): boolean {
  return Deno.build.os === "linux" && /^\/mnt\/[a-z]\//.test(path);
}

function isSameMain(a: StateStamp | undefined, b: StateStamp | undefined): boolean {
  return a?.bytes === b?.bytes && a?.modifiedAt === b?.modifiedAt && a?.fileId === b?.fileId;
}
